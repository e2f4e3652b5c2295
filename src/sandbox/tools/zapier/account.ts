import { randomUUID } from "node:crypto";
import type { Collection, Shelf } from "../../collection.ts";
import { post, type Posted, type Target } from "../posting.ts";
import { type Arrivals, openArrivals } from "./arrivals.ts";
import { type Subscribe, subscribe, unsubscribe } from "./subscribing.ts";
import { newHook, openZaps, standardPath, type State, type Trigger, type Zap } from "./zaps.ts";

/** What a Zap did: `posted` is what came of telling somebody, null where it told nobody. */
export type Run = {
  id: string;
  zap: string;
  at: string;
  failed: string | null;
  posted: Posted | null;
};

/** Addresses on the other side: where hooks are asked for, events go, and failures are reported. */
export type Addresses = { subscribe: Subscribe; action: Target; report: Target };

export type Account = {
  zaps: Collection<Zap>;
  arrivals: Arrivals;
  runs: Collection<Run>;
  /** Undefined where nobody has said. */
  address<Name extends keyof Addresses>(name: Name): Addresses[Name] | undefined;
  /** Null forgets it. */
  point<Name extends keyof Addresses>(name: Name, address: Addresses[Name] | null): void;
  /** Switches a Zap on or off; one with a REST hook asks for it, or takes it back, before. */
  turn(id: string, on: boolean): Promise<Zap>;
  /** Runs a Zap that is on, with what triggered it. */
  run(id: string, input: unknown): Promise<Run>;
  /** The Zap that listens at this hook now. */
  listening(trigger: Trigger, hook: string): Zap | undefined;
};

const FAILURE = "Error while sending e-mail: the recipient is empty.";

/** The account and its Zaps; `origin` is where its own hooks are reached. */
export function openAccount(shelf: Shelf, origin: () => string): Account {
  const zaps = openZaps(shelf);
  const arrivals = openArrivals(shelf);
  const runs = shelf.collection<Run>("runs");
  const addresses = shelf.collection<Addresses[keyof Addresses]>("addresses");

  const address = <Name extends keyof Addresses>(name: Name) =>
    addresses.get(name) as Addresses[Name] | undefined;

  const known = (id: string): Zap => {
    const zap = zaps.get(id);
    if (zap === undefined) throw new Error(`There is no Zap ${id}.`);
    return zap;
  };

  const put = (zap: Zap, state: State): Zap => {
    const changed = { ...zap, state };
    zaps.set(zap.id, changed);
    return changed;
  };

  async function turnOn(zap: Zap): Promise<Zap> {
    if (zap.trigger !== "rest_hook") return put(zap, { kind: "on", subscription: null });
    const where = address("subscribe");
    if (where === undefined) return put(zap, { kind: "off", because: "Nobody to subscribe at." });
    const fresh = { ...zap, hook: newHook() };
    put(fresh, { kind: "turning_on" });
    const result = await subscribe(where, origin() + standardPath(fresh.hook));
    return result.kind === "subscribed"
      ? put(fresh, { kind: "on", subscription: result.id })
      : put(fresh, { kind: "off", because: result.because });
  }

  async function turnOff(zap: Zap): Promise<Zap> {
    const { state } = zap;
    const off = put(zap, { kind: "off", because: null });
    const where = address("subscribe");
    if (state.kind !== "on" || state.subscription === null || where === undefined) return off;
    const because = await unsubscribe(where, state.subscription);
    return put(off, { kind: "off", because });
  }

  const keep = (zap: Zap, id: string, failed: string | null, posted: Posted | null): Run => {
    const run = { id, zap: zap.id, at: new Date().toISOString(), failed, posted };
    runs.set(id, run);
    return run;
  };

  /** A Zap's own story of its failure: flat and without empty values, as Zaps like it. */
  async function report(zap: Zap, id: string): Promise<Posted | null> {
    const where = address("report");
    if (where === undefined) return null;
    return post(where, id, {
      id,
      type: "zap.failed",
      occurred_at: new Date().toISOString(),
      zap_id: zap.id,
      zap_name: zap.name,
      zap_url: `${origin()}/_record/zaps/${zap.id}`,
      step: "2. Send an e-mail",
      error: FAILURE,
    });
  }

  return {
    zaps,
    arrivals,
    runs,
    address,
    point(name, value) {
      if (value === null) addresses.delete(name);
      else addresses.set(name, value);
    },
    turn: (id, on) => (on ? turnOn(known(id)) : turnOff(known(id))),
    async run(id, input) {
      const zap = known(id);
      if (zap.state.kind !== "on") throw new Error(`The Zap ${id} is off.`);
      const run = randomUUID();
      switch (zap.step) {
        case "keep":
          return keep(zap, run, null, null);
        case "fail":
          return keep(zap, run, FAILURE, await report(zap, run));
        case "post_event": {
          const where = address("action");
          if (where === undefined) throw new Error("Say first where to, by /_config.");
          const posted = await post(where, run, input);
          return keep(zap, run, posted.outcome === "taken" ? null : posted.outcome, posted);
        }
        default:
          return zap.step satisfies never;
      }
    },
    listening: (trigger, hook) =>
      [...zaps.values()].find(
        (zap) => zap.state.kind === "on" && zap.trigger === trigger && zap.hook === hook,
      ),
  };
}
