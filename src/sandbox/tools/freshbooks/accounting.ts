import { type Answer, json, type Request, type Route } from "../http.ts";
import { inside } from "./body.ts";
import type { Clients } from "./clients.ts";
import { type Dialect, Rejected, worded } from "./errors.ts";
import type { Values } from "./fields.ts";
import { clientFilters, found, invoiceFilters, sorted, withIncluded } from "./filters.ts";
import type { Invoices } from "./invoices.ts";
import { pageOf, pagingOf } from "./paging.ts";

const USUAL = 15;

/** The interface of clients and invoices, whose errors are worded in the dialect of the moment. */
export function accountingRoutes(
  clients: Clients,
  invoices: Invoices,
  dialect: () => Dialect,
): Route[] {
  const at = (method: string, path: string, handle: (request: Request) => Values): Route => ({
    method,
    path: `/accounting/account/:account/${path}`,
    handle: (request) => answered(() => handle(request), dialect()),
  });
  const idOf = (request: Request) => request.params["id"] ?? "";

  return [
    at("GET", "users/clients", ({ query }) => {
      const paging = pagingOf(query, USUAL);
      const all = sorted(found(clients.all(), query, clientFilters), query);
      const { items, counts } = pageOf(all, paging);
      return { clients: items, ...counts };
    }),
    at("POST", "users/clients", (request) => ({
      client: clients.create(inside(request, "client")),
    })),
    at("GET", "users/clients/:id", (request) => ({ client: clients.get(idOf(request)) })),
    at("PUT", "users/clients/:id", (request) => ({
      client: clients.update(idOf(request), inside(request, "client")),
    })),
    at("GET", "invoices/invoices", ({ query }) => {
      const paging = pagingOf(query, USUAL);
      const all = sorted(found(invoices.all(), query, invoiceFilters), query);
      const { items, counts } = pageOf(all, paging);
      return { invoices: items.map((invoice) => withIncluded(invoice, query)), ...counts };
    }),
    at("POST", "invoices/invoices", (request) => ({
      invoice: withIncluded(invoices.create(inside(request, "invoice")), request.query),
    })),
    at("GET", "invoices/invoices/:id", (request) => ({
      invoice: withIncluded(invoices.get(idOf(request)), request.query),
    })),
    at("PUT", "invoices/invoices/:id", (request) => ({
      invoice: withIncluded(
        invoices.update(idOf(request), inside(request, "invoice")),
        request.query,
      ),
    })),
  ];
}

function answered(handle: () => Values, dialect: Dialect): Answer {
  try {
    return json(200, { response: { result: handle() } });
  } catch (error) {
    if (error instanceof Rejected) return worded(error.status, error.problems, dialect);
    throw error;
  }
}
