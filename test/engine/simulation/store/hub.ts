import { entityOf, type EntityName } from "#domain/entities/index.ts";
import type { Fields } from "#domain/fields.ts";
import { markOf } from "#domain/match.ts";
import { hubFields } from "#domain/hub.ts";
import { settled, type Origin, type Origins, type Ownership } from "#domain/ownership.ts";
import type { Source, Target } from "#domain/ports/tools.ts";
import type { SourceRecord, TargetRecord, Update, WriteOutcome, Write } from "#domain/record.ts";
import type { Clock } from "#domain/ports/world.ts";

/** `was`: what it was before, oldest first, each until when. */
type Row = { id: string; fields: Fields; origins: Origins; version: number; gone: boolean; seq: number; changedAt: string; was: readonly { fields: Fields; untilMs: number }[] }; // prettier-ignore

/** Golden records in memory, as the store keeps them: in the order of their changes, and by request. */
export function makeHub(clock: Pick<Clock, "now">, entity: EntityName, ownership: Ownership) {
  const rows = new Map<string, Row>();
  let seq = 0;
  const { keys } = entityOf(entity);
  const put = (row: Omit<Row, "seq" | "changedAt" | "was">): void => {
    const now = clock.now();
    const before = rows.get(row.id);
    const was = before === undefined ? [] : [...before.was, { fields: before.fields, untilMs: now.epochMilliseconds }]; // prettier-ignore
    rows.set(row.id, { ...row, seq: (seq += 1), changedAt: now.toString(), was });
  };
  const toTarget = ({ id, fields, changedAt }: Row): TargetRecord => ({ id, version: null, fields, changedAt }); // prettier-ignore
  const toRecord = ({ id, fields, gone, changedAt }: Row): SourceRecord => ({
    id,
    changedAt,
    raw: () => Buffer.from(JSON.stringify({ id, ...fields })),
    content: gone ? { kind: "gone" } : { kind: "live", fields, problems: [] },
  });
  const absent = (id: string): SourceRecord => ({ id, changedAt: null, raw: () => Buffer.alloc(0), content: { kind: "gone" } }); // prettier-ignore
  const text = (value: unknown): string => String(value).trim().normalize("NFC").toLowerCase();

  /** As its tool says, but never later than now. */
  function originOf(from: string, { changedAt }: Exclude<Write, { kind: "archive" }>): Origin {
    const now = clock.now();
    const told = changedAt == null ? now : Temporal.Instant.from(changedAt);
    return { from, at: (Temporal.Instant.compare(told, now) > 0 ? now : told).toString() };
  }

  const isTaken = ({ unlike = [], fields }: Extract<Write, { kind: "create" }>): boolean =>
    unlike.some((way) => {
      const mark = markOf(fields, way);
      return mark !== null && [...rows.values()].some((row) => !row.gone && markOf(row.fields, way) === mark); // prettier-ignore
    });

  function carryOut(write: Write, id: string, from: string): WriteOutcome {
    if (write.kind === "create") {
      if (!rows.has(id) && isTaken(write)) return { kind: "stale" };
      const none = { fields: {}, origins: {} };
      const { fields, origins } = settled(ownership, none, write.fields, originOf(from, write));
      if (!rows.has(id)) put({ id, fields, origins, version: 1, gone: false });
      return { kind: "accepted", id, version: null };
    }
    const row = rows.get(write.id);
    if (row === undefined || row.gone) return { kind: "missing" };
    if (write.kind === "archive") {
      put({ ...row, gone: true, version: row.version + 1 });
      return { kind: "accepted", id: row.id, version: null };
    }
    const { fields, origins, changed, kept } = settled(ownership, row, write.fields, originOf(from, write)); // prettier-ignore
    if (changed) put({ ...row, fields, origins, version: row.version + 1 });
    else rows.set(row.id, { ...row, origins });
    return {
      kind: "accepted",
      id: row.id,
      version: null,
      ...(!changed && { unchanged: true }),
      ...(kept.length > 0 && { kept: true }),
    };
  }

  const source: Source = {
    sweeps: "never",
    references: {},
    content: null,
    estimate: () => Promise.resolve(null),
    async *pages(from, { gone, signal }) {
      for (let mark = Number(from ?? 0); ;) {
        signal.throwIfAborted();
        const all = [...rows.values()]
          .filter((row) => row.seq > mark)
          .sort((a, b) => a.seq - b.seq);
        const some = all.slice(0, 3);
        mark = some.at(-1)?.seq ?? mark;
        yield { records: some.filter((row) => gone || !row.gone).map(toRecord), checkpoint: mark };
        if (some.length === all.length) return;
        await Promise.resolve();
      }
    },
    read: (ids) => Promise.resolve(ids.map((id) => toRecordOf(rows.get(id)) ?? absent(id))),
  };
  const toRecordOf = (row: Row | undefined) => row && toRecord(row);

  const target = (from: string): Target => ({
    batch: 100,
    parallel: 2,
    repeat: "request_id",
    lagMs: 0,
    searchable: keys,
    holds: new Set(hubFields(entity)),
    coarse: new Set(),
    references: {},
    needs: [],
    keyed: false,
    dated: true,
    shared: true,
    find: (field, wanted) =>
      Promise.resolve(
        wanted.map((value) =>
          [...rows.values()]
            .filter((row) => !row.gone && text(row.fields[field]) === text(value))
            .map(toTarget),
        ),
      ),
    read: (ids) =>
      Promise.resolve(ids.flatMap((id) => rows.get(id) ?? []).filter(({ gone }) => !gone).map(toTarget)), // prettier-ignore
    outranked: (updates: readonly Update[]) =>
      Promise.resolve(
        updates.map((write) => {
          const row = rows.get(write.id);
          return row === undefined ? [] : settled(ownership, row, write.fields, originOf(from, write)).kept; // prettier-ignore
        }),
      ),
    send: ({ id, writes }) =>
      Promise.resolve({ kind: "each", outcomes: writes.map((write, n) => carryOut(write, `${entity}_${id}:${String(n)}`, from)) }), // prettier-ignore
  });
  return { rows, source, target };
}
