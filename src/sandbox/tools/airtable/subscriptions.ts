import { randomBytes } from "node:crypto";
import type { Shelf } from "../../collection.ts";
import { idOf } from "./ids.ts";
import { type Payload, payloadFor } from "./payloads.ts";
import type { Transaction } from "./row.ts";
import type { Schema } from "./schema.ts";
import type { Specification } from "./specification.ts";

export type Hook = {
  id: string;
  url: string | null;
  specification: Specification;
  secret: string;
  /** Whether it is told by a ping; payloads are kept in either case. */
  pings: boolean;
  /** The number of the payload that comes next. */
  next: number;
  ends: number;
};

export type Hooks = {
  all(): Hook[];
  /** Undefined once it has been over for a week. */
  get(id: string): Hook | undefined;
  add(url: string | null, specification: Specification): Hook;
  remove(id: string): void;
  setPings(hook: Hook, on: boolean): void;
  /** From now; a hook whose time is over stays over. */
  prolong(hook: Hook): void;
  isActive(hook: Hook): boolean;
  /** From a number on, with the number to go on from. Those a week old are skipped. */
  payloads(hook: Hook, from: number, limit: number): { payloads: Payload[]; cursor: number };
  /** Keeps payloads for those whom it concerns; returns the ones to ping. */
  hear(transaction: Transaction): Hook[];
  /** Of hooks and payloads: seven days. */
  lifeMs: number;
};

const WEEK_MS = 604_800_000;

/** The webhooks of the base, and what they have to tell. */
export function openHooks(shelf: Shelf, schema: Schema): Hooks {
  const hooks = shelf.collection<Hook>("webhooks");
  const kept = shelf.collection<{ at: number; payload: Payload }>("payloads");
  const counters = shelf.collection<number>("counters");
  const key = (id: string, number: number) => `${id}/${String(number)}`;
  const fresh = (at: number) => at > Date.now() - self.lifeMs;

  const self: Hooks = {
    lifeMs: WEEK_MS,
    all: () => [...hooks.values()].filter(({ ends }) => fresh(ends)),
    get: (id) => self.all().find((hook) => hook.id === id),
    isActive: ({ ends }) => ends > Date.now(),
    add(url, specification) {
      const hook: Hook = {
        id: idOf("ach", randomBytes(8).toString("hex")),
        url,
        specification,
        secret: randomBytes(32).toString("base64"),
        pings: true,
        next: 1,
        ends: Date.now() + self.lifeMs,
      };
      hooks.set(hook.id, hook);
      return hook;
    },
    remove: (id) => hooks.delete(id),
    setPings: (hook, on) => hooks.set(hook.id, { ...hook, pings: on }),
    prolong(hook) {
      if (self.isActive(hook)) hooks.set(hook.id, { ...hook, ends: Date.now() + self.lifeMs });
    },
    payloads(hook, from, limit) {
      const payloads: Payload[] = [];
      let cursor = from;
      for (; cursor < hook.next && payloads.length < limit; cursor += 1) {
        const entry = kept.get(key(hook.id, cursor));
        if (entry !== undefined && fresh(entry.at)) payloads.push(entry.payload);
      }
      return { payloads, cursor };
    },
    hear(transaction) {
      const number = (counters.get("transactions") ?? 0) + 1;
      counters.set("transactions", number);
      return self.all().flatMap((hook) => {
        if (!self.isActive(hook)) return [];
        const payload = payloadFor(hook.specification, transaction, number, schema);
        if (payload === null) return [];
        kept.set(key(hook.id, hook.next), { at: Date.now(), payload });
        hooks.set(hook.id, { ...hook, next: hook.next + 1 });
        return hook.pings && hook.url !== null ? [hook] : [];
      });
    },
  };
  return self;
}
