import type { Shelf } from "../../../collection.ts";
import type { Tally } from "../../simulated-tool.ts";
import { missingParam, objectNotFound, periodClosed, staleObject } from "../errors.ts";
import { valuesOf } from "../fields/fields.ts";
import { invoiceFields } from "../fields/invoice-fields.ts";
import { referred, type Values } from "../fields/values.ts";
import { localTime } from "../time.ts";
import { refuseNewCurrency } from "./currencies.ts";
import type { Customer, Customers } from "./customers.ts";
import { type Entity, type Happening, plainWay, type Stored, type Way } from "./entity.ts";
import { openGone } from "./gone.ts";
import { linesOf } from "./invoice-lines.ts";
import { openInvoiceNumbers } from "./invoice-numbers.ts";
import { contentOf, type InvoiceContent, lastingOf, owing, whole } from "./invoice-values.ts";
import type { Items } from "./items.ts";
import { cents } from "./money.ts";

export type Invoice = Stored & InvoiceContent;

export type Invoices = Entity<Invoice> & {
  create(given: Values, at?: number, way?: Way): Invoice;
  update(given: Values, way?: Way): Invoice;
  /** A payment that came in: a new version of the invoice, of which nobody wrote the content. */
  pay(invoice: Invoice, money: number, at?: number): Invoice;
  /** All of one customer become another's. */
  reassign(from: Customer, to: Customer): void;
  /** Whether people number invoices themselves. */
  customNumbers: boolean;
  /** The last day of the closed period, on and before which nothing may change; null where none is. */
  closedUntil: string | null;
  tally: Tally;
};

type Shared = { customers: Customers; items: Items };

/** The invoices of the simulated company. */
export function openInvoices(
  shelf: Shelf,
  { customers, items }: Shared,
  heard: (happening: Happening) => void,
): Invoices {
  const kept = shelf.collection<Invoice>("invoices");
  const paid = shelf.collection<number>("invoices_paid");
  const gone = openGone(shelf, "Invoice");
  const numbers = openInvoiceNumbers(shelf, kept.values());
  const tally: Tally = { creates: 0, updates: 0, archived: 0 };
  let lastId = 0;
  for (const { Id } of [...kept.values(), ...gone.all()]) lastId = Math.max(lastId, Number(Id));

  function keep(invoice: Invoice, before?: Invoice): Invoice {
    if (before !== undefined) {
      numbers.remove(before);
      customers.owe(referred(before.CustomerRef) ?? "", -cents(before.Balance));
    }
    numbers.add(invoice);
    customers.owe(referred(invoice.CustomerRef) ?? "", cents(invoice.Balance));
    kept.set(invoice.Id, invoice);
    return invoice;
  }

  function refuseClosed(...days: string[]): void {
    if (days.some((day) => self.closedUntil !== null && day <= self.closedUntil))
      throw periodClosed();
  }

  /** The version that a change is made to; refuses one that is not the latest. */
  function latest(given: Values): Invoice {
    const before = kept.get(String(given["Id"]));
    if (before === undefined) throw objectNotFound();
    if (given["SyncToken"] === undefined) throw missingParam("SyncToken");
    if (given["SyncToken"] !== before.SyncToken) throw staleObject();
    refuseClosed(before.TxnDate);
    return before;
  }

  const next = (before: Invoice, content: InvoiceContent, at = Date.now()): Invoice => ({
    LinkedTxn: before["LinkedTxn"] ?? [],
    ...content,
    Id: before.Id,
    SyncToken: String(Number(before.SyncToken) + 1),
    MetaData: { ...before.MetaData, LastUpdatedTime: localTime(at) },
  });

  function changed(invoice: Invoice, before: Invoice, verb: "updated" | "voided"): Invoice {
    tally.updates += 1;
    keep(invoice, before);
    heard({ entity: "Invoice", id: invoice.Id, verb });
    return invoice;
  }

  function reckoned(values: Values, way: Way, inCents: number): InvoiceContent {
    const customer = customers.referredBy(values["CustomerRef"], "CustomerRef", way);
    if (values["Line"] === undefined) throw missingParam("Line");
    const content = whole(values, customer, linesOf(values["Line"], items), inCents);
    refuseClosed(content.TxnDate);
    return content;
  }

  const self: Invoices = {
    name: "Invoice",
    get: (id) => kept.get(id),
    all: () => kept.values(),
    get size() {
      return kept.size;
    },
    gone: () => gone.all(),
    write(operation, given, way) {
      switch (operation) {
        case "create":
          return self.create(given, Date.now(), way);
        case "update":
          return self.update(given, way);
        case "void":
          return voided(given);
        case "delete":
          return removed(given);
        default:
          return operation satisfies never;
      }
    },
    create(given, at = Date.now(), way = plainWay) {
      const values = valuesOf("Invoice", given, invoiceFields);
      const content = reckoned(values, way, 0);
      const asked = numbers.numbered(values["DocNumber"], null, way.allowDuplicateNumber);
      const DocNumber = asked ?? numbers.next();
      const time = localTime(at);
      lastId += 1;
      const invoice = keep({
        ...content,
        ...(DocNumber !== undefined && { DocNumber }),
        Id: String(lastId),
        SyncToken: "0",
        MetaData: { CreateTime: time, LastUpdatedTime: time },
        LinkedTxn: [],
      });
      tally.creates += 1;
      heard({ entity: "Invoice", id: invoice.Id, verb: "created" });
      return invoice;
    },
    update(given, way = plainWay) {
      const before = latest(given);
      const base = given["sparse"] === true ? contentOf(before) : lastingOf(before);
      const values = { ...base, ...valuesOf("Invoice", given, invoiceFields) };
      const content = reckoned(values, way, paid.get(before.Id) ?? 0);
      refuseNewCurrency(before, content);
      if (content["DocNumber"] !== before["DocNumber"]) {
        numbers.numbered(content["DocNumber"], before.Id, way.allowDuplicateNumber);
      }
      return changed(next(before, content), before, "updated");
    },
    pay(invoice, money, at) {
      const inCents = (paid.get(invoice.Id) ?? 0) + cents(money);
      paid.set(invoice.Id, inCents);
      const payment = { TxnId: String(900_000 + inCents), TxnType: "Payment" };
      const total = cents(invoice.TotalAmt);
      const content = {
        ...owing(invoice, total, Math.max(0, total - inCents)),
        LinkedTxn: [...((invoice["LinkedTxn"] ?? []) as Values[]), payment],
      };
      return changed(next(invoice, content, at), invoice, "updated");
    },
    reassign(from, to) {
      for (const invoice of [...kept.values()]) {
        if (referred(invoice.CustomerRef) !== from.Id) continue;
        const CustomerRef = { value: to.Id, name: to.DisplayName };
        changed(next(invoice, { ...invoice, CustomerRef }), invoice, "updated");
      }
    },
    get customNumbers() {
      return numbers.custom;
    },
    set customNumbers(on) {
      numbers.custom = on;
    },
    closedUntil: null,
    tally,
  };

  /** It stays, with nothing to pay (what becomes of lines and note is unverified). */
  function voided(given: Values): Invoice {
    const before = latest(given);
    paid.delete(before.Id);
    const lines = (before["Line"] as Values[]).map((line) => ({
      ...line,
      Amount: 0,
      ...emptied(line),
    }));
    const note = `Voided ${String(before["PrivateNote"] ?? "")}`.trim();
    const content = { ...owing(before, 0, 0), Line: lines, PrivateNote: note, LinkedTxn: [] };
    return changed(next(before, content), before, "voided");
  }

  function removed(given: Values): Values {
    const before = latest(given);
    numbers.remove(before);
    customers.owe(referred(before.CustomerRef) ?? "", -cents(before.Balance));
    kept.delete(before.Id);
    paid.delete(before.Id);
    const { MetaData: _, ...told } = gone.add(before.Id);
    tally.archived += 1;
    heard({ entity: "Invoice", id: before.Id, verb: "deleted" });
    return told;
  }

  return self;
}

const emptied = ({ SalesItemLineDetail: detail }: Values): Values =>
  detail === undefined ? {} : { SalesItemLineDetail: { ...(detail as Values), Qty: 0 } };
