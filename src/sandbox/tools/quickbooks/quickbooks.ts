import { randomUUID } from "node:crypto";
import { openShelf, type Shelf } from "../../collection.ts";
import { aDuration, aSwitch, controlRoutes } from "../control.ts";
import { type Answer, json, type Request, type Route } from "../http.ts";
import { rateWindow } from "../rate-window.ts";
import { pageRoutes } from "../records-page.ts";
import type { SimulatedTool, StartTool, ToolStats } from "../simulated-tool.ts";
import { serveTool, type Tool } from "../tool-server.ts";
import { batch } from "./batch.ts";
import { type Books, openBooks } from "./books.ts";
import { changes } from "./changes.ts";
import type { Values } from "./customer-fields.ts";
import {
  authenticationFailed,
  authorizationFailed,
  missingParam,
  objectNotFound,
  systemFault,
  throttled,
  unsupportedOperation,
  unsupportedProperty,
} from "./errors.ts";
import { madeUp, OWN, seedCustomers } from "./own-customers.ts";
import { customerRecords, editCustomer } from "./page.ts";
import { query } from "./query.ts";
import { openReplays } from "./replays.ts";
import { localTime } from "./time.ts";
import {
  AUTHORIZE_PATH,
  TOKEN_PATH,
  CLIENT_ID,
  CLIENT_SECRET,
  LASTING_TOKEN,
  openTokens,
  type Tokens,
} from "./tokens.ts";

const REALM = "9341450000000001";
const MINUTE = 60_000;

const company: Values = {
  CompanyName: "Simulated Trading Company",
  LegalName: "Simulated Trading Company",
  CompanyAddr: { Id: "1", Line1: "100 Example Way", City: "Seattle", CountrySubDivisionCode: "WA", PostalCode: "98101", Country: "US" }, // prettier-ignore
  Email: { Address: "books@example.com" },
  Country: "US",
  FiscalYearStartMonth: "January",
  SupportedLanguages: "en",
  DefaultTimeZone: "America/Los_Angeles",
  domain: "QBO",
  sparse: false,
  Id: "1",
  SyncToken: "4",
  MetaData: { CreateTime: "2025-01-06T08:00:00-08:00", LastUpdatedTime: "2025-01-06T08:30:00-08:00" }, // prettier-ignore
};

/** A QuickBooks Online company with a few customers (`seed`, 7), with the interface for customers. */
export const startQuickbooks: StartTool = async ({
  folder,
  port = 0,
  seed = OWN,
  limits = true,
}): Promise<SimulatedTool> => {
  await using parts = new AsyncDisposableStack();
  const shelf = parts.use(openShelf(folder, "quickbooks"));
  const books = openBooks(shelf);
  const madeUpSoFar = shelf.collection<number>("made_up");
  if (madeUpSoFar.get("count") === undefined) {
    seedCustomers(books, seed);
    books.tally.creates = 0;
    madeUpSoFar.set("count", seed);
  }
  const tokens = openTokens(shelf);
  const guard = gateOf(limits, tokens);

  const server = await serveTool(
    {
      routes: [...tokens.routes(REALM), ...routesOf(books, shelf)],
      gate: guard.gate,
      wording: {
        tooManyRequests: throttled,
        serverError: systemFault,
        expiredToken: authenticationFailed,
        notFound: (path) => unsupportedOperation(`Operation ${path} is not supported.`).answer,
        wrongMethod: (method) => unsupportedOperation(`Method ${method} is not supported.`).answer,
      },
    },
    (self) => [
      ...pageRoutes(customerRecords(books)),
      ...controlRoutes({
        faults: self.faults,
        stats,
        switches: {
          limits: aSwitch((on) => (guard.on = on)),
          access_token_ms: aDuration((ms) => (tokens.lifetimeMs = ms)),
        },
        seed(_object, count) {
          const from = madeUpSoFar.get("count") ?? 0;
          for (let n = from; n < from + count; n += 1) books.create(madeUp(n));
          madeUpSoFar.set("count", from + count);
          return [...books.all()].length;
        },
        edit: (id, set) => editCustomer(books, id, set),
      }),
    ],
    port,
  );

  parts.use(server);
  const whole = parts.move();

  function stats(): ToolStats {
    const all = [...books.all()];
    return {
      requests: { ...server.requests },
      limited: guard.limited,
      faults: server.faults.fired,
      records: all.length,
      active: all.filter(({ Active }) => Active).length,
      ...books.tally,
      objects: { customers: all.length },
      duplicates: books.duplicates(),
    };
  }

  return {
    title: "QuickBooks",
    base_url: server.base_url,
    credential: { token: LASTING_TOKEN },
    settings: { realm_id: REALM },
    get oauth() {
      return {
        authorize: server.base_url + AUTHORIZE_PATH,
        token: server.base_url + TOKEN_PATH,
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        refresh_token: tokens.refresh(),
      };
    },
    stats,
    [Symbol.asyncDispose]: () => whole.disposeAsync(),
  };
};

function routesOf(books: Books, shelf: Shelf): Route[] {
  const replayed = openReplays(shelf);
  const timed = (value: Values) => json(200, { ...value, time: localTime(Date.now(), true) });
  const at = (method: string, path: string, handle: (request: Request) => Answer): Route => ({
    method,
    path: `/v3/company/:realm/${path}`,
    handle: (request) => replayed(request, () => handle(request)),
  });

  return [
    at("GET", "companyinfo/:id", () => timed({ CompanyInfo: company })),
    at("GET", "customer/:id", (request) => {
      const customer = books.get(request.params["id"] ?? "");
      if (customer === undefined) throw objectNotFound();
      return timed({ Customer: customer });
    }),
    at("POST", "customer", (request) => {
      const operation = request.query.get("operation") ?? "update";
      if (operation !== "update") {
        throw unsupportedOperation(`Operation ${operation} is not supported for Customer.`);
      }
      const given = bodyOf(request);
      const written = given["Id"] === undefined ? books.create(given) : books.update(given);
      return timed({ Customer: written });
    }),
    at("GET", "query", (request) => {
      const statement = request.query.get("query");
      if (statement === null) throw missingParam("query");
      return timed({ QueryResponse: query(statement, books, company) });
    }),
    at("POST", "query", (request) => timed({ QueryResponse: query(request.body, books, company) })),
    at("GET", "cdc", (request) => timed(changes(request.query, books))),
    at("POST", "batch", (request) => timed(batch(bodyOf(request), books, company))),
  ];
}

function bodyOf(request: Request): Values {
  if (!(request.headers["content-type"] ?? "").startsWith("application/json")) {
    throw unsupportedOperation("Content-Type must be application/json.");
  }
  try {
    const value: unknown = JSON.parse(request.body);
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return value as Values;
  } catch {
    throw unsupportedProperty("Unexpected end-of-input or character in the JSON body, which");
  }
  throw unsupportedProperty("The body is not an object, which");
}

/** 500 requests a minute, 10 a second, 40 batches a minute, for one app and company. */
function gateOf(on: boolean, tokens: Tokens) {
  const minute = rateWindow(500, MINUTE);
  const second = rateWindow(10, 1000);
  const batches = rateWindow(40, MINUTE);
  const guard = { on, limited: 0, gate: (() => authenticationFailed()) as Tool["gate"] };

  const judged: Tool["gate"] = (request, next) => {
    const [, , , realm] = request.path.split("/");
    if (!request.path.startsWith("/v3/")) return next();
    if (!tokens.accepts(request.headers.authorization)) return authenticationFailed();
    if (realm !== REALM) return authorizationFailed();
    const isBatch = request.path.endsWith("/batch");
    if (guard.on && !(second.take() && minute.take() && (!isBatch || batches.take()))) {
      guard.limited += 1;
      return throttled();
    }
    if (!/^\d{1,3}$/.test(request.query.get("minorversion") ?? "")) {
      return missingParam("minorversion").answer;
    }
    return next();
  };

  guard.gate = async (request, next) => {
    const answer = await judged(request, next);
    return { ...answer, headers: { ...answer.headers, intuit_tid: `1-${randomUUID()}` } };
  };
  return guard;
}
