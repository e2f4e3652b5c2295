import { openShelf, type Collection } from "../../collection.ts";
import { aDuration, aSwitch, controlRoutes } from "../control.ts";
import { json, type Route } from "../http.ts";
import { rateWindow } from "../rate-window.ts";
import { pageRoutes } from "../records-page.ts";
import type { SimulatedTool, StartTool, ToolStats } from "../simulated-tool.ts";
import { serveTool, type Tool } from "../tool-server.ts";
import { batchRoutes } from "./batch.ts";
import { type Contact, type Contacts, openContacts } from "./contacts.ts";
import { editContact } from "./edit.ts";
import { errorAnswer, expiredToken, PORTAL, TOKEN, tooManyRequests, wrongToken } from "./errors.ts";
import { contactRecords } from "./page.ts";
import { properties } from "./properties.ts";
import { search } from "./search.ts";
import { openSearchIndex, type SearchIndex } from "./search-index.ts";
import { contactValues, seedContacts } from "./seed.ts";
import { singleRoutes } from "./single.ts";

const PATHS = ["/crm/objects/2026-09", "/crm/objects/2026-03", "/crm/v3/objects"];
const TEN_SECONDS = 10_000;
const REQUESTS = 100;
const DAILY = 250_000;
const SEARCHES = 5;
const SEARCH_LAG_MS = 200;

/** A HubSpot portal of 500 contacts (`seed`), with the interface of 2026-09 for contacts. */
export const startHubspot: StartTool = async ({
  folder,
  port = 0,
  seed = 500,
  limits = true,
}): Promise<SimulatedTool> => {
  await using parts = new AsyncDisposableStack();
  const shelf = parts.use(openShelf(folder, "hubspot"));
  const index = openSearchIndex(0);
  const contacts = openContacts(shelf, (contact) => index.hear(contact));
  for (const contact of contacts.all()) index.hear(contact);
  const madeUp = shelf.collection<number>("made_up");
  if (madeUp.get("count") === undefined) {
    seedContacts(contacts, seed);
    madeUp.set("count", seed);
  }
  index.lagMs = SEARCH_LAG_MS;
  contacts.tally.creates = 0;

  const guard = gateOf(limits);
  const wording: Tool["wording"] = {
    tooManyRequests: (retryAfter) => tooManyRequests("TEN_SECONDLY_ROLLING", retryAfter),
    serverError: (status) => errorAnswer(status, { message: "internal error" }),
    expiredToken,
    notFound: () =>
      errorAnswer(404, { message: "Resource not found", category: "OBJECT_NOT_FOUND" }),
    wrongMethod: (method) =>
      errorAnswer(405, { message: `HTTP method ${method} is not supported` }),
  };

  const server = await serveTool(
    { routes: routesOf(contacts, index), gate: guard.gate, wording },
    (self) => [
      ...pageRoutes(contactRecords(contacts)),
      ...controlRoutes({
        faults: self.faults,
        stats,
        switches: {
          limits: aSwitch((on) => (guard.on = on)),
          search_lag_ms: aDuration((ms) => (index.lagMs = ms)),
        },
        seed: (_object, count) => addContacts(madeUp, contacts, count),
        edit: (id, set) => editContact(contacts, id, set),
      }),
    ],
    port,
  );

  parts.use(server);
  const whole = parts.move();

  function stats(): ToolStats {
    const all = [...contacts.all()];
    return {
      requests: { ...server.requests },
      limited: guard.limited,
      faults: server.faults.fired,
      records: all.length,
      active: all.filter(({ archivedAt }) => archivedAt === null).length,
      ...contacts.tally,
      objects: { contacts: all.length },
      duplicates: sharedEmails(all),
    };
  }

  return {
    title: "HubSpot",
    base_url: server.base_url,
    credential: { token: TOKEN },
    settings: {},
    oauth: null,
    stats,
    [Symbol.asyncDispose]: () => whole.disposeAsync(),
  };
};

function routesOf(contacts: Contacts, index: SearchIndex): Route[] {
  const account = {
    portalId: PORTAL,
    accountType: "STANDARD",
    timeZone: "Europe/Berlin",
    companyCurrency: "EUR",
    additionalCurrencies: [],
    utcOffset: "+01:00",
    utcOffsetMilliseconds: 3_600_000,
    uiDomain: "app.hubspot.com",
    dataHostingLocation: "na1",
  };
  const fields = Object.entries(properties).map(([name, { kind }]) => ({
    name,
    label: name,
    type: kind === "options" ? "enumeration" : "string",
    fieldType: kind === "options" ? "select" : "text",
    groupName: "contactinformation",
    modificationMetadata: { readOnlyValue: kind === "read_only" },
    hasUniqueValue: name === "email" || name === "external_id",
  }));
  const crm = PATHS.flatMap((path) =>
    [`${path}/contacts`, `${path}/0-1`].flatMap((base): Route[] => [
      { method: "POST", path: `${base}/search`, handle: (r) => search(r, () => index.visible()) },
      ...batchRoutes(base, contacts),
      ...singleRoutes(base, contacts),
    ]),
  );
  return [
    { method: "GET", path: "/account-info/v3/details", handle: () => json(200, account) },
    { method: "GET", path: "/account-info/2026-09/details", handle: () => json(200, account) },
    ...["2026-09", "2026-03", "v3"].map((version): Route => {
      const path = version === "v3" ? "/crm/v3/properties" : `/crm/properties/${version}`;
      return {
        method: "GET",
        path: `${path}/contacts`,
        handle: () => json(200, { results: fields }),
      };
    }),
    ...crm,
  ];
}

/** Searches have a bucket of their own and no headers; all else shares 100 in ten seconds. */
function gateOf(on: boolean) {
  const all = rateWindow(REQUESTS, TEN_SECONDS);
  const searches = rateWindow(SEARCHES, 1000);
  let today = 0;
  const guard = { on, limited: 0, gate: (() => wrongToken()) as Tool["gate"] };
  guard.gate = async (request, next) => {
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return wrongToken();
    const isSearch = request.path.endsWith("/search");
    if (guard.on && !(isSearch ? searches : all).take()) {
      guard.limited += 1;
      return tooManyRequests(isSearch ? "SECONDLY" : "TEN_SECONDLY_ROLLING");
    }
    today += 1;
    const type = request.headers["content-type"] ?? "";
    if (request.body !== "" && !type.startsWith("application/json")) {
      return errorAnswer(415, { message: "Unsupported Media Type" });
    }
    const answer = await next();
    if (isSearch) return answer;
    return {
      ...answer,
      headers: {
        ...answer.headers,
        "x-hubspot-ratelimit-max": String(REQUESTS),
        "x-hubspot-ratelimit-remaining": String(all.remaining()),
        "x-hubspot-ratelimit-interval-milliseconds": String(TEN_SECONDS),
        "x-hubspot-ratelimit-daily": String(DAILY),
        "x-hubspot-ratelimit-daily-remaining": String(DAILY - today),
      },
    };
  };
  return guard;
}

function sharedEmails(all: Contact[]): number {
  const active = all.filter(({ archivedAt }) => archivedAt === null);
  const emails = active.flatMap(({ properties: { email } }) => email?.toLowerCase() ?? []);
  return emails.length - new Set(emails).size;
}

/** Further made-up people, none of whom has been here before. */
function addContacts(madeUp: Collection<number>, contacts: Contacts, count: number): number {
  const from = madeUp.get("count") ?? 0;
  for (let n = from; n < from + count; n += 1) contacts.create(contactValues(n));
  madeUp.set("count", from + count);
  return [...contacts.all()].length;
}
