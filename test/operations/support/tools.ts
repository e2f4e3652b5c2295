import { judge } from "#connectors/registered.ts";
import { type MemoryWatching, memoryWatching } from "./watching.ts";
import type { Connection } from "#domain/connection.ts";
import type { Choosable } from "#domain/ports/choices.ts";
import type { Answered } from "#domain/ports/deliveries.ts";
import type { Event } from "#domain/event.ts";
import type { Failure } from "#domain/failure.ts";
import type { HookOutcome, HookRequest } from "#domain/ports/hooks.ts";
import type { Arrival, Trip } from "#domain/ports/sign-in.ts";
import type { ConnectorFacts, Reach } from "#domain/ports/connector-facts.ts";
import type { Health, Tools } from "#domain/ports/tools.ts";

const token = {
  name: "service_key",
  about: "A key of a private app.",
  fields: [{ name: "token", label: "Service key", secret: true, optional: false, brought: false }],
  browser: false,
  scopes: [],
};

const contactFields = [
  "email",
  "first_name",
  "last_name",
  "phone",
  "mobile",
  "address.country",
  "subscription",
];

export const hubspot: ConnectorFacts = {
  name: "hubspot",
  title: "HubSpot",
  about: "CRM",
  version: "1",
  hosts: ["api.hubapi.com"],
  credentials: [token],
  tells: false,
  settings: [],
  hooks: null,
  pace: { calls: 100, perMs: 10_000 },
  daily: 250_000,
  objects: [
    {
      name: "contacts",
      title: "Contacts",
      entity: "customer",
      reads: true,
      writes: true,
      incremental: true,
      fields: contactFields,
      searchable: ["email"],
      deletes: "A flag says so.",
      archives: true,
      keyed: false,
      events: false,
      perCall: { reads: 100, writes: 10 },
    },
    {
      name: "forms",
      title: "Forms",
      entity: "customer",
      reads: true,
      writes: false,
      incremental: false,
      fields: ["email"],
      searchable: [],
      deletes: "Not seen.",
      archives: false,
      keyed: false,
      events: false,
      perCall: { reads: 100, writes: 10 },
    },
  ],
};

export const quickbooks: ConnectorFacts = {
  name: "quickbooks",
  title: "QuickBooks",
  about: "Accounting",
  version: "1",
  hosts: ["quickbooks.api.intuit.com"],
  credentials: [
    {
      name: "oauth",
      about: "An app of your own.",
      fields: [
        { name: "client_id", label: "Client id", secret: false, optional: false, brought: false },
        {
          name: "client_secret",
          label: "Client secret",
          secret: true,
          optional: false,
          brought: false,
        },
        {
          name: "refresh_token",
          label: "Refresh token",
          secret: true,
          optional: false,
          brought: true,
        },
      ],
      browser: true,
      scopes: ["accounting"],
    },
    token,
  ],
  tells: true,
  settings: [
    {
      name: "realm",
      label: "Company id",
      about: "The company's id.",
      optional: false,
      kind: "text",
      brought: false,
    },
  ],
  hooks: {
    about: "In QuickBooks, under Webhooks.",
    token: "in_address",
    inboxes: ["messages"],
    tells: true,
    watched: [],
    events: ["customer.created", "customer.gone"],
    failures: { come: "asked", about: "With a key." },
    asks: "Verifier token",
    unsigned: false,
  },
  pace: { calls: 500, perMs: 60_000 },
  daily: null,
  objects: [
    {
      name: "customers",
      title: "Customers",
      entity: "customer",
      reads: true,
      writes: true,
      incremental: true,
      fields: ["name", "email", "phone", "mobile", "currency", "address.country"],
      searchable: ["email", "name"],
      deletes: "Inactive.",
      archives: true,
      keyed: false,
      events: false,
      perCall: { reads: 100, writes: 10 },
    },
    {
      name: "mailbox",
      title: "Mailbox",
      entity: "customer",
      reads: false,
      writes: true,
      incremental: false,
      fields: ["email"],
      searchable: [],
      deletes: "Not seen.",
      archives: false,
      keyed: false,
      events: false,
      perCall: { reads: 100, writes: 10 },
    },
    {
      name: "messages",
      title: "Messages",
      entity: "customer",
      reads: true,
      writes: true,
      incremental: true,
      fields: ["email", "name"],
      searchable: [],
      deletes: "An event says so.",
      archives: true,
      keyed: true,
      events: true,
      perCall: { reads: 100, writes: 10 },
    },
  ],
};

export const working: Extract<Health, { ok: true }> = {
  ok: true,
  account: "Harbour & Sons",
  can: ["read", "write"],
  limits: "100 in 10 s",
  scopes: null,
  samples: [],
};

/** Two tools as their manifests describe them, whose answers to a check a test decides. */
export function twoTools(): Tools & {
  checked: Connection[];
  answer: Health;
  /** What can be chosen for a connection. */
  choosable(connection: Connection): readonly Choosable[];
  /** Whether the app of a connection is known without being typed. */
  appKnown: boolean;
  arrival: Arrival;
  trips: Trip[];
  /** What was sent to us, and what is made of it. */
  messages: HookRequest[];
  outcome: HookOutcome;
  /** What fails at the tool when it is asked; null where it is not. */
  failing: readonly Failure[] | null;
  revoked: string[];
  /** What was told of our own events, and what is answered. */
  told: Event[];
  taken: Answered;
  watching: MemoryWatching;
} {
  // Each room has its own: a test may say that a tool can do more.
  const catalogue = structuredClone([hubspot, quickbooks]);
  const reach = (facts: ConnectorFacts): Reach => ({ hosts: facts.hosts, pages: [], scopes: [] });
  const nothing = (): never => {
    throw new Error("no records move in these tests");
  };
  return {
    checked: [],
    answer: working,
    appKnown: false,
    arrival: {
      ok: true,
      secret: { client_id: "app", client_secret: "hush", refresh_token: "r1", access_token: "a1" },
      expires: Temporal.Instant.from("2027-03-01T00:00:00Z"),
      settings: { realm: "123" },
    },
    trips: [],
    revoked: [],
    knowsClient() {
      return Promise.resolve(this.appKnown);
    },
    consentAt: (_connection, { state, redirect }) =>
      Promise.resolve(`https://tool.example/consent?${new URLSearchParams({ state, redirect })}`),
    async arrive(_connection, trip) {
      this.trips.push(trip);
      return this.arrival;
    },
    async revoking({ name }) {
      return async () => this.revoked.push(name) > 0;
    },
    tell(_connection, parcel) {
      if (parcel.kind === "event") this.told.push(parcel.event);
      return Promise.resolve(this.taken);
    },
    taken: { status: 204, answer: "", waitMs: null },
    told: [],
    catalogue: () => catalogue,
    facts: (name) => catalogue.find((facts) => facts.name === name),
    builtIn(name) {
      const facts = catalogue.find((one) => one.name === name);
      return facts && { facts, reach: reach(facts) };
    },
    judge,
    allotment: ({ connector }) =>
      connector === "hubspot"
        ? { reads: 100, finds: 100, writes: 100, perMinute: 300, leftToday: null }
        : { reads: 30, finds: 1, writes: 30, perMinute: 20, leftToday: 400 },
    choosable: () => [],
    choices(connection) {
      return Promise.resolve(this.choosable(connection));
    },
    async check(connection) {
      this.checked.push(connection);
      return this.answer;
    },
    messages: [],
    outcome: {
      answer: { status: 202, headers: {}, body: "" },
      changed: ["messages"],
      records: [],
      failures: [],
    },
    async receive(_connection, request) {
      this.messages.push(request);
      return this.outcome;
    },
    failing: null,
    failures() {
      return Promise.resolve(this.failing);
    },
    mayBeTold: (_connection, address) => address.startsWith("https://hooks.example/"),
    sample: (_connection, event) => [{ type: event }],
    source: nothing,
    target: nothing,
    watching: memoryWatching(),
    link: (connection, object, id) => `https://${connection.name}.example/${object}/${id}`,
  };
}
