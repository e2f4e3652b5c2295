import type { FlowPlan } from "#domain/flow.ts";
import type { Json } from "#domain/json.ts";
import type { Ends, Source } from "#domain/ports/tools.ts";
import type { Page, SourceRecord } from "#domain/record.ts";
import { memoryTarget, type MemoryTarget } from "./target.ts";
import { makeWorld } from "./world.ts";

type Row = MemoryTarget["rows"] extends Map<string, infer One> ? One : never;

/** How a tool is read; `asked` counts what was read one by one. */
export type PairSource = Source & { pageSize: number; asked: number; fault: () => void };

/** The other view of a tool in memory: its records in the order of their last change. */
function sourceOver({ rows }: MemoryTarget): PairSource {
  const asRecord = (row: Row): SourceRecord => ({
    id: row.id,
    changedAt: row.changedAt,
    raw: () => new TextEncoder().encode(JSON.stringify({ id: row.id, ...row.fields })),
    content: row.archived ? { kind: "gone" } : { kind: "live", fields: row.fields, problems: [] },
  });
  const since = (from: Json | null, gone: boolean): Row[] =>
    [...rows.values()]
      .filter(({ seq }) => seq > (typeof from === "number" ? from : 0))
      .filter(({ archived }) => gone || !archived)
      .sort((a, b) => a.seq - b.seq);
  const source: PairSource = {
    pageSize: 10,
    asked: 0,
    fault: () => undefined,
    sweeps: "never",
    references: {},
    content: null,
    estimate: () => Promise.resolve(null),
    async *pages(from, { gone, signal }): AsyncGenerator<Page> {
      for (let at = from; ;) {
        signal.throwIfAborted();
        source.fault();
        const some = since(at, gone).slice(0, source.pageSize);
        const last = some.at(-1);
        if (last === undefined) return;
        at = last.seq;
        yield { records: some.map(asRecord), checkpoint: at };
      }
    },
    async read(ids) {
      source.fault();
      source.asked += ids.length;
      return ids.map((id) => {
        const row = rows.get(id);
        if (row !== undefined) return asRecord(row);
        const raw = () => new Uint8Array();
        return { id, changedAt: null, raw, content: { kind: "gone" } };
      });
    },
  };
  return source;
}

/** Two tools in memory with a flow that goes both ways between them. */
export function makePair(about: Partial<FlowPlan> = {}, seed = 1) {
  const world = makeWorld({ twoWay: { default: "ask", fields: {} }, ...about }, seed);
  const left = memoryTarget(world.clock, "s");
  const right = world.target;
  const from = sourceOver(left);
  const to = sourceOver(right);
  const entity = { from: "customer", to: "customer" } as const;
  const ends: Ends & { back: Ends } = {
    source: from,
    target: right,
    entity,
    back: { source: to, target: left, entity },
  };
  Object.assign(world.ports, { openFlow: () => Promise.resolve(ends) });
  return { ...world, left, right, from, to, ends };
}
export type Pair = ReturnType<typeof makePair>;
