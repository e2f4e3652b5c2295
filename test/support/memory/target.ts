import type { Fields } from "#domain/fields.ts";
import type { Target } from "#domain/ports/tools.ts";
import type { Clock } from "#domain/ports/world.ts";
import type { Problem } from "#domain/problem.ts";
import type { Sent, TargetRecord, Write, WriteOutcome, WriteRequest } from "#domain/record.ts";

type Row = {
  id: string;
  version: number;
  fields: Fields;
  archived: boolean;
  visibleAt: number;
  /** The order of the last changes, and when it was. */
  seq: number;
  changedAt: string;
};

/** What goes wrong with a request: the answer is lost before or after the tool has done it. */
export type SendFault = "none" | "lost before" | "lost after" | Error;

export type MemoryTarget = {
  -readonly [Name in keyof Target]: Target[Name];
} & {
  rows: Map<string, Row>;
  /** Those that are not archived. */
  live(): TargetRecord[];
  put(fields: Fields): string;
  /** Somebody changes a record there. */
  edit(id: string, fields: Fields): void;
  archive(id: string): void;
  /** What the tool makes of the values it is given. */
  keeps: (fields: Fields) => Fields;
  /** Says no to a record. */
  refuse: (fields: Fields) => Problem | null;
  /** Each kind of write is a call of its own: with a bad record in it that is refused whole, and none follows. */
  wholeBatches: boolean;
  /** The field by which `upsert` recognises a record. */
  upsertBy: string;
  fault: (request: WriteRequest) => SendFault;
  findFault: () => void;
  sent: WriteRequest[];
};

/** A tool that holds customers: idempotent, upserting, searchable or none of it, as it is set. */
export function memoryTarget(clock: Clock, prefix = "t"): MemoryTarget {
  let ids = 0;
  let seq = 0;
  const rows = new Map<string, Row>();
  const remembered = new Map<string, Sent>();
  const nowMs = (): number => clock.now().epochMilliseconds;
  const asRecord = ({ id, version, fields, changedAt }: Row): TargetRecord => ({
    id,
    version: String(version),
    fields,
    changedAt,
  });
  const touched = () => ({ seq: (seq += 1), changedAt: clock.now().toString() });

  function insert(fields: Fields): Row {
    const id = `${prefix}${(ids += 1)}`;
    const visibleAt = nowMs() + target.lagMs;
    const row = { id, version: 1, fields, archived: false, visibleAt, ...touched() };
    rows.set(id, row);
    return row;
  }
  function change(row: Row, part: Partial<Row>): Row {
    const next = { ...row, ...part, version: row.version + 1, ...touched() };
    rows.set(row.id, next);
    return next;
  }
  const accepted = (row: Row): WriteOutcome => ({
    kind: "accepted",
    id: row.id,
    version: String(row.version),
  });

  function apply(write: Write): WriteOutcome {
    if (write.kind === "create") {
      const problem = target.refuse(write.fields);
      if (problem !== null) return { kind: "rejected", problem };
      const same =
        target.repeat === "upsert"
          ? [...rows.values()].find(
              (row) =>
                !row.archived && row.fields[target.upsertBy] === write.fields[target.upsertBy],
            )
          : undefined;
      return accepted(
        same === undefined
          ? insert(target.keeps(write.fields))
          : change(same, { fields: { ...same.fields, ...target.keeps(write.fields) } }),
      );
    }
    const row = rows.get(write.id);
    if (row === undefined || row.archived) return { kind: "missing" };
    if (write.version !== null && write.version !== String(row.version)) return { kind: "stale" };
    if (write.kind === "archive") return accepted(change(row, { archived: true }));
    const problem = target.refuse({ ...row.fields, ...write.fields });
    if (problem !== null) return { kind: "rejected", problem };
    return accepted(change(row, { fields: { ...row.fields, ...target.keeps(write.fields) } }));
  }

  function carryOut(request: WriteRequest): Sent {
    const before = target.repeat === "request_id" ? remembered.get(request.id) : undefined;
    if (before !== undefined) return before;
    const sent: Sent = target.wholeBatches
      ? kindByKind(request.writes)
      : { kind: "each", outcomes: request.writes.map(apply) };
    remembered.set(request.id, sent);
    return sent;
  }

  function kindByKind(writes: readonly Write[]): Sent {
    const outcomes = new Map<Write, WriteOutcome>();
    for (const kind of ["create", "update", "archive"] as const) {
      const call = writes.filter((write) => write.kind === kind);
      const problems = call.map((write) =>
        write.kind === "archive" ? null : target.refuse(write.fields),
      );
      const bad = problems.find((problem) => problem !== null);
      if (bad) return { kind: "refused", problem: bad };
      for (const write of call) outcomes.set(write, apply(write));
    }
    return { kind: "each", outcomes: writes.flatMap((write) => outcomes.get(write) ?? []) };
  }

  const target: MemoryTarget = {
    rows,
    batch: 5,
    parallel: 2,
    repeat: "request_id",
    lagMs: 0,
    searchable: ["email", "phone"],
    coarse: new Set(),
    references: {},
    needs: [],
    keyed: false,
    holds: new Set([
      "name",
      "email",
      "phone",
      "company_name",
      "subscription",
      "currency",
      "company",
      "notes",
    ]),
    refuse: () => null,
    wholeBatches: false,
    upsertBy: "email",
    keeps: (fields) => fields,
    fault: () => "none",
    findFault: () => undefined,
    sent: [],
    live: () => [...rows.values()].filter(({ archived }) => !archived).map(asRecord),
    put: (fields) => {
      const row = insert(fields);
      row.visibleAt = 0;
      return row.id;
    },
    edit(id, fields) {
      const row = rows.get(id);
      if (row !== undefined) change(row, { fields: { ...row.fields, ...fields } });
    },
    archive(id) {
      const row = rows.get(id);
      if (row !== undefined) change(row, { archived: true });
    },
    async find(field, wanted) {
      target.findFault();
      const now = nowMs();
      return wanted.map((value) =>
        [...rows.values()]
          .filter((row) => !row.archived && row.visibleAt <= now && row.fields[field] === value)
          .map(asRecord),
      );
    },
    async read(ids) {
      return ids.flatMap((id) => {
        const row = rows.get(id);
        return row === undefined || row.archived ? [] : asRecord(row);
      });
    },
    async send(request) {
      const fault = target.fault(request);
      if (fault instanceof Error) throw fault;
      if (fault === "lost before") return { kind: "unknown", reason: "the connection was reset" };
      target.sent.push(request);
      const sent = carryOut(request);
      return fault === "lost after" ? { kind: "unknown", reason: "no answer within 30 s" } : sent;
    },
  };
  return target;
}
