import type { Conflict, NewConflict } from "#domain/conflict.ts";
import { conflictId, type FlowName } from "#domain/ids.ts";
import type { Conflicts } from "#domain/ports/conflicts.ts";
import type { PageOutcome } from "#domain/ports/ledger.ts";
import type { Memory } from "./memory.ts";

const isOpen = ({ state }: Conflict): boolean => state.kind !== "settled";

const openOne = (memory: Memory, flow: FlowName, key: string): Conflict | undefined =>
  [...memory.conflicts.values()].find((one) => one.flow === flow && one.key === key && isOpen(one));

/** What the ledger stores of them with a page. */
export function keepConflict(
  memory: Memory,
  { flow, at, by }: PageOutcome,
  fresh: NewConflict,
): void {
  if (memory.flows.get(flow)?.twoWay === null) return;
  const there = openOne(memory, flow, fresh.key);
  const id = there?.id ?? conflictId(memory.nextId("conflict"));
  const chosen = Object.keys(fresh.choices).length > 0;
  memory.conflicts.set(id, {
    ...fresh,
    id,
    flow,
    state: chosen ? { kind: "chosen", by, at } : { kind: "open" },
    openedAt: there?.openedAt ?? at,
    version: (there?.version ?? 0) + 1,
  });
}

export function settleConflict(memory: Memory, { flow, at, by }: PageOutcome, key: string): void {
  const there = openOne(memory, flow, key);
  if (there === undefined) return;
  const state = { kind: "settled", by, at, why: "agreed" } as const;
  memory.conflicts.set(there.id, { ...there, state, version: there.version + 1 });
}

/** An empty hash at both ends: the next run handles it, changed or not. */
function owe(memory: Memory, { flow, key }: Conflict): void {
  const links = memory.links.get(flow);
  const link = links?.get(key);
  if (link === undefined) return;
  links?.set(key, { ...link, hash: "", back: link.back && { ...link.back, hash: "" } });
}

/** What waits in a flow that goes one way is over. */
export function endConflicts(
  memory: Memory,
  flow: FlowName,
  { by, at }: { by: string; at: Temporal.Instant },
): void {
  if (memory.flows.get(flow)?.twoWay !== null) return;
  const state = { kind: "settled", by, at, why: "one_way" } as const;
  for (const one of [...memory.conflicts.values()].filter(
    (each) => each.flow === flow && isOpen(each),
  )) {
    owe(memory, one);
    memory.conflicts.set(one.id, { ...one, state, version: one.version + 1 });
  }
}

/** Conflicts in memory, over the same rows as the ledger. */
export const memoryConflicts = (memory: Memory): Conflicts => ({
  async get(id) {
    return memory.conflicts.get(id);
  },
  async list({ flow, after, limit }) {
    const rows = [...memory.conflicts.values()].filter(
      (one) => isOpen(one) && (flow === undefined || one.flow === flow),
    );
    const start = after === undefined ? 0 : rows.findIndex(({ id }) => id === after) + 1;
    return rows.slice(start, start + limit);
  },
  async count(flow) {
    return [...memory.conflicts.values()].filter((one) => isOpen(one) && one.flow === flow).length;
  },
  async of(flow, keys) {
    const found = keys.flatMap((key) => openOne(memory, flow, key) ?? []);
    return new Map(found.map((one) => [one.key, one]));
  },
  async choose(id, version, choices, by, at) {
    const there = memory.conflicts.get(id);
    if (there === undefined || there.version !== version || !isOpen(there)) return false;
    const all = { ...there.choices, ...choices };
    const state = { kind: "chosen", by, at } as const;
    memory.conflicts.set(id, { ...there, choices: all, state, version: version + 1 });
    owe(memory, there);
    return true;
  },
  async weighAgain(flow) {
    const open = [...memory.conflicts.values()].filter((one) => isOpen(one) && one.flow === flow);
    for (const one of open) owe(memory, one);
    return open.length;
  },
  async endOfOneWay(flow, by, at) {
    endConflicts(memory, flow, { by, at });
  },
});
