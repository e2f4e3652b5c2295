import { randomUUID } from "node:crypto";
import type { Collection, Shelf } from "../../collection.ts";
import { deliverOnce } from "../deliveries.ts";
import type { Crm } from "./crm.ts";
import type { CompanyWriter } from "./company-writer.ts";
import type { ContactWriter } from "./contact-writer.ts";
import type { Callback, Entry } from "./import-body.ts";
import { importOne } from "./import-one.ts";

export type Batch = {
  id: string;
  entries: readonly Entry[];
  callback: Callback | null;
  due: number;
  status: "active" | "completed";
  success: readonly string[];
  failure: readonly string[];
};

export type Imports = Disposable & {
  batches: Collection<Batch>;
  queue(entries: readonly Entry[], callback: Callback | null): Batch;
  /** How long an import takes. */
  delayMs: number;
};

const USUAL_MS = 500;

/** Imports are carried out some time after they were taken, and tell no webhook. */
export function openImports(
  shelf: Shelf,
  crm: Crm,
  contacts: ContactWriter,
  companies: CompanyWriter,
): Imports {
  const batches = shelf.collection<Batch>("imports");
  const timers = new Set<NodeJS.Timeout>();

  function carryOut(id: string): void {
    const batch = batches.get(id);
    if (batch === undefined || batch.status === "completed") return;
    const success: string[] = [];
    const failure: string[] = [];
    for (const entry of batch.entries) {
      const contact = importOne(crm, contacts, companies, entry);
      if (contact === null) failure.push(entry.email);
      else success.push(contact.id);
    }
    const done: Batch = { ...batch, status: "completed", success, failure };
    batches.set(id, done);
    if (done.callback !== null) void callBack(done, done.callback);
  }

  function schedule({ id, due }: Batch): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      carryOut(id);
    }, due - Date.now());
    timers.add(timer.unref());
  }

  for (const batch of batches.values()) if (batch.status === "active") schedule(batch);

  const self: Imports = {
    batches,
    delayMs: USUAL_MS,
    queue(entries, callback) {
      const id = randomUUID();
      const due = Date.now() + self.delayMs;
      const batch: Batch = {
        id,
        entries,
        callback,
        due,
        status: "active",
        success: [],
        failure: [],
      };
      batches.set(id, batch);
      schedule(batch);
      return batch;
    },
    [Symbol.dispose]() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
  return self;
}

/** That it is done, and with which result where that was asked for (unverified: the names). */
async function callBack(batch: Batch, callback: Callback): Promise<void> {
  const { url, requestType: method, params, headers } = callback;
  if (method === "GET") {
    const target = new URL(url);
    for (const [name, value] of Object.entries(params)) target.searchParams.set(name, value);
    await deliverOnce({ url: target.href, method, headers, body: "" });
    return;
  }
  const results = {
    batchId: batch.id,
    success: batch.success.length,
    failures: batch.failure.length,
    errors: batch.failure.map((email) => `${email} was not imported`),
  };
  const body = JSON.stringify({ ...params, ...(callback.detailed && results) });
  await deliverOnce({ url, headers: { "content-type": "application/json", ...headers }, body });
}
