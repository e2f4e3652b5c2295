import type { DeadLetter } from "#domain/dead-letter.ts";
import type { Flow } from "#domain/flow.ts";
import { connectionName, deadLetterId, flowName, incidentId, runId } from "#domain/ids.ts";
import type { FlowIncident } from "#domain/incident.ts";
import { noCounts, type Run } from "#domain/run.ts";
import type { ConnectorFacts } from "#domain/ports/connector-facts.ts";
import type {
  ConnectionView,
  Digest,
  FlowStatus,
  FormField,
  FlowIncidentView,
  LetterView,
} from "#operations/contract.ts";
import { plainPlan } from "../../support/plain-plan.ts";

/** One calm morning on which seven customers could not be written. */
export const now = Temporal.Instant.from("2026-11-23T08:52:00Z");
export const ago = (minutes: number): Temporal.Instant => now.subtract({ minutes });

export const flow: Flow = {
  name: flowName("customers-to-books"),
  from: { connection: connectionName("crm"), object: "contacts" },
  to: { connection: connectionName("books"), object: "customers" },
  ...plainPlan,
  match: ["email"],
  channel: "#integrations",
  owner: "U024BE7LH",
  about: "Every CRM contact is a customer in the books.",
  state: { kind: "on" },
  version: 1,
};

export const run: Run = {
  id: runId("11111111-1111-4111-8111-111111111111"),
  flow: flow.name,
  state: { kind: "done" },
  trigger: { kind: "schedule" },
  work: { kind: "sync", full: false, approved: null },
  arrived: true,
  counts: { ...noCounts, read: 493, created: 480, unchanged: 6, deadLettered: 7 },
  version: 1,
  total: 493,
  queuedAt: ago(12),
  startedAt: ago(12),
  endedAt: ago(11),
  channel: null,
};

export const letter: DeadLetter = {
  id: deadLetterId("22222222-2222-4222-8222-222222222222"),
  flow: flow.name,
  key: "501",
  incident: incidentId("33333333-3333-4333-8333-333333333333"),
  state: { kind: "open" },
  problem: {
    class: "conflict",
    field: "name",
    code: "6240",
    message: 'Another customer is already using the name "Ada Lovelace" (ada@example.com).',
  },
  way: "there",
  direction: "write",
  fields: { name: "Ada Lovelace", email: "ada@example.com", phone: "+33 1 70 18 99 00" },
  edited: null,
  hash: "h",
  attempts: 2,
  firstSeen: ago(11),
  lastSeen: ago(11),
  run: run.id,
  flowVersion: 1,
  history: [{ at: ago(11), by: "Tieline", what: "Refused: the name is taken" }],
  version: 3,
};

export const nameField: FormField = {
  name: "name",
  label: "Name",
  value: "Ada Lovelace",
  accepted: "any text",
  personal: true,
  choices: null,
};

export const letterView: LetterView = {
  letter,
  title: "Ada Lovelace",
  flow,
  toolTitle: "QuickBooks",
  titles: { from: "HubSpot", to: "QuickBooks" },
  wrong: [nameField],
  record: [
    nameField,
    { ...nameField, name: "email", label: "E-mail", value: "ada@example.com" },
    { ...nameField, name: "phone", label: "Phone", value: "+33 1 70 18 99 00" },
  ],
  link: "https://app.hubspot.com/contacts/501",
  previous: null,
  next: "44444444-4444-4444-8444-444444444444",
};

export const incident: FlowIncident = {
  id: incidentId("33333333-3333-4333-8333-333333333333"),
  flow: flow.name,
  subject: { kind: "cause", direction: "write", object: "customers", problem: letter.problem },
  state: { kind: "open" },
  openedAt: ago(11),
  open: 7,
  total: 7,
  written: 0,
  discarded: 0,
};

export const incidentView: FlowIncidentView = {
  incident,
  flow,
  toolTitle: "QuickBooks",
  fix: "link to the existing customer, or give this one another name.",
  last: run,
  next: now.add({ minutes: 8 }),
  firstLetter: letter.id,
  samples: [{ letter, title: "Ada Lovelace" }],
  link: { url: "https://app.hubspot.com/contacts/501", title: "HubSpot" },
  retry: null,
  held: null,
};

export const systemicView: FlowIncidentView = {
  ...incidentView,
  incident: {
    ...incident,
    subject: {
      kind: "systemic",
      error: "SignInAgain",
      message: "QuickBooks does not accept the credential of books any more.",
    },
  },
  firstLetter: null,
  samples: [],
  link: null,
};

export const flowStatus: FlowStatus = {
  flow,
  current: null,
  last: run,
  openLetters: 7,
  incidents: [incident],
  next: now.add({ minutes: 8 }),
  titles: { from: "HubSpot", to: "QuickBooks" },
  told: null,
};

export const facts: ConnectorFacts = {
  name: "hubspot",
  title: "HubSpot",
  tells: false,
  about: "CRM: contacts, companies, deals",
  version: "2026-09",
  hosts: ["api.hubapi.com"],
  credentials: [
    {
      name: "service_key",
      about: "A service key",
      fields: [
        { name: "token", label: "Service key", secret: true, optional: false, brought: false },
      ],
      browser: false,
      scopes: [],
    },
  ],
  settings: [
    {
      name: "portal",
      label: "Portal id",
      about: "As in the address",
      optional: true,
      kind: "text",
      brought: false,
    },
  ],
  hooks: null,
  pace: null,
  daily: null,
  objects: [],
};

export const connection: ConnectionView = {
  connection: {
    name: connectionName("crm"),
    connector: "hubspot",
    baseUrl: null,
    settings: {},
    credential: {},
    owner: "U024BE7LH",
    events: [],
  },
  title: "HubSpot",
  signedIn: false,
  usedBy: ["customers-to-books"],
  standing: { expires: null, refused: null, account: null },
  hooked: false,
};

export const digest: Digest = {
  at: now,
  settings: {
    channel: "#integrations",
    digest: { on: true, channel: null, time: "08:00", zone: "Europe/Paris" },
  },
  incidents: [incidentView],
  ending: [],
  flows: [
    {
      flow: "customers-to-books",
      runs: 96,
      failedRuns: 1,
      records: 18_220,
      written: 209,
      deadLettered: 7,
      medianMs: 4000,
      p95Ms: 120_000,
    },
  ],
  quiet: ["invoices-to-hub", "tasks-to-monday"],
  days: Array.from({ length: 14 }, (_, day) => ({
    flow: day % 2 === 0 ? "customers-to-books" : "files-to-drive",
    day: `2026-11-${String(10 + day).padStart(2, "0")}`,
    records: 500 + day * 37,
    failures: day === 13 ? 7 : 0,
  })),
};
