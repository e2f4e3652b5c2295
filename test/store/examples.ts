import { connectionName, flowName, type RunId } from "#domain/ids.ts";
import type { Connection } from "#domain/connection.ts";
import type { FlowPlan } from "#domain/flow.ts";
import type { Link, NewDeadLetter, PageOutcome } from "#domain/ports/ledger.ts";
import { noCounts } from "#domain/run.ts";
import type { Store } from "../support/with-store.ts";
import { plainPlan } from "../support/plain-plan.ts";

export const at = (time: string) => Temporal.Instant.from(`2026-11-23T${time}Z`);
export const noon = at("12:00:00");
export const flow = flowName("customers-to-books");

export const crm: Connection = {
  name: connectionName("crm"),
  connector: "hubspot",
  baseUrl: null,
  settings: { region: "eu" },
  credential: { token: { kind: "env", name: "CRM_TOKEN" } },
  owner: "U1",
  events: [],
};
export const books: Connection = { ...crm, name: connectionName("books"), connector: "quickbooks" };

export const plan: FlowPlan = {
  name: flow,
  from: { connection: crm.name, object: "contacts" },
  to: { connection: books.name, object: "customers" },
  ...plainPlan,
  match: ["email"],
  where: { subscription: "subscribed" },
  map: { phone: "mobile" },
  set: { currency: "EUR" },
  guard: { changes: 0.25, deletes: 5 },
  trigger: { kind: "cron", cron: "*/15 * * * *", zone: "Europe/Paris" },
  channel: "#integrations",
  owner: "U1",
  about: "Every CRM contact is a customer in the books.",
};

export const link = (key: string, more: Partial<Link> = {}): Link => ({
  key,
  id: `t-${key}`,
  version: "0",
  hash: `h-${key}`,
  base: { name: `Customer ${key}` },
  back: null,
  ...more,
});

export const letter = (key: string, more: Partial<NewDeadLetter> = {}): NewDeadLetter => ({
  key,
  direction: "write",
  problem: { class: "rejected", field: "name", code: "6240", message: "the name is taken" },
  fingerprint: "same name",
  fields: { name: `Customer ${key}` },
  hash: `h-${key}`,
  raw: new TextEncoder().encode(`{"id":"${key}"}`),
  ...more,
});

/** A sync of the flow, taken by a worker. */
export async function startRun(store: Store, name = flow): Promise<{ run: RunId; epoch: number }> {
  const { run } = await store.runs.queue(
    {
      flow: name,
      trigger: { kind: "person", by: "U1" },
      work: { kind: "sync", full: false, approved: null },
      channel: null,
    },
    noon,
  );
  const claim = await store.runs.claim(run.id, noon, 30_000);
  if (claim === undefined) throw new Error("the run could not be taken");
  return { run: run.id, epoch: claim.epoch };
}

export const page = (
  taken: { run: RunId; epoch: number },
  more: Partial<PageOutcome> = {},
): PageOutcome => ({
  ...taken,
  flow,
  at: noon,
  by: "Tieline",
  checkpoint: undefined,
  counts: noCounts,
  links: [],
  unlinked: [],
  letters: [],
  settled: [],
  conflicts: [],
  agreed: [],
  answered: [],
  events: [],
  ...more,
});
