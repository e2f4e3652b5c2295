import { randomBytes } from "node:crypto";
import type { Collection, Shelf } from "../../collection.ts";
import { badRequest, notFound } from "./errors.ts";
import { TEAM, type Scenario } from "./scenarios.ts";

export type Hook = {
  id: number;
  name: string;
  udid: string;
  enabled: boolean;
  /** Nobody has been behind it for more than five days. */
  gone: boolean;
  /** Takes what comes next as the example of what will come. */
  learning: boolean;
  queueLimit: number;
  /** What callers have to show in `x-make-apikey`; null where they need not. */
  apiKey: string | null;
  data: Record<string, unknown>;
};

/** What came while nothing was there to run. */
export type Queued = { hook: number; payload: unknown };

export type Hooks = {
  all(): Hook[];
  get(id: string): Hook;
  byUdid(udid: string): Hook | undefined;
  create(given: Record<string, unknown>): Hook;
  change(id: string, set: Partial<Hook>): Hook;
  remove(id: string): void;
  queue: Collection<Queued>;
  /** The scenario behind it. */
  scenarioOf(hook: Hook): Scenario | undefined;
  /** How many wait at it. */
  waiting(hook: Hook): number;
  /** As the API tells it. */
  shown(hook: Hook): object;
};

/** 667 items for 10,000 credits a month. */
const QUEUE = 667;
const UDIDS: Record<number, string> = {
  301: "1gqnexkk1vwxg2wpj39kg30pzp6uhe7h",
  302: "d4ezzfwgyav7qaukv8dbh3l21eru0fld",
  303: "8c2m5v0q7x4b1n9z6k3j0h5g2f7d4s1a",
  304: "0p9o8i7u6y5t4r3e2w1q0a9s8d7f6g5h",
};
export const FIRST_UDID = String(UDIDS[301]);

export function openHooks(
  shelf: Shelf,
  origin: () => string,
  scenarios: Collection<Scenario>,
): Hooks {
  const kept = shelf.collection<Hook>("hooks");
  const queue = shelf.collection<Queued>("queue");
  if (kept.size === 0)
    for (const [id, udid] of Object.entries(UDIDS))
      kept.set(id, { ...NEW, id: Number(id), name: `Custom webhook ${id}`, udid });

  function get(id: string): Hook {
    const hook = kept.get(id);
    if (hook === undefined) throw notFound("Webhook");
    return hook;
  }
  const scenarioOf = ({ id }: Hook) => [...scenarios.values()].find(({ hookId }) => hookId === id);
  const waiting = ({ id }: Hook) => [...queue.values()].filter(({ hook }) => hook === id).length;

  return {
    all: () => [...kept.values()],
    get,
    byUdid: (udid) => [...kept.values()].find((hook) => hook.udid === udid),
    create({ name, teamId, typeName, ...data }) {
      const problems = [
        ...(typeof name === "string" && name !== "" ? [] : ["'name' is required."]),
        ...(teamId === TEAM ? [] : ["'teamId' is not valid."]),
        ...(typeName === "gateway-webhook" ? [] : ["'typeName' is not known."]),
      ];
      if (problems.length > 0)
        throw badRequest(`Validation failed for ${String(problems.length)} parameter(s).`, ...problems); // prettier-ignore
      const id = Math.max(...[...kept.values()].map((hook) => hook.id)) + 1;
      const udid = randomBytes(16).toString("hex");
      const hook = { ...NEW, id, name: name as string, udid, data: { ...NEW.data, ...data } };
      kept.set(String(id), hook);
      return hook;
    },
    change(id, set) {
      const hook = { ...get(id), ...set };
      kept.set(id, hook);
      return hook;
    },
    remove(id) {
      get(id);
      kept.delete(id);
    },
    queue,
    scenarioOf,
    waiting,
    shown(hook) {
      const scenario = scenarioOf(hook);
      return {
        id: hook.id,
        name: hook.name,
        teamId: TEAM,
        udid: hook.udid,
        type: "web",
        packageName: null,
        theme: "#c73a63",
        editable: true,
        queueCount: waiting(hook),
        queueLimit: hook.queueLimit,
        enabled: hook.enabled,
        gone: hook.gone,
        typeName: "gateway-webhook",
        data: hook.data,
        scenarioId: scenario?.id ?? null,
        url: origin() + hookPath(hook.udid),
      };
    },
  };
}

export const hookPath = (udid: string): string => `/wh/${udid}`;

const NEW: Omit<Hook, "id" | "name" | "udid"> = {
  enabled: true,
  gone: false,
  learning: false,
  queueLimit: QUEUE,
  apiKey: null,
  data: { headers: false, method: false, stringify: false },
};
