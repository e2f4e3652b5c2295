import { createHash } from "node:crypto";
import type { EntityName } from "#domain/entities/index.ts";
import { isBlank, type Fields } from "#domain/fields.ts";
import { hubFields, hubSearchable } from "#domain/hub.ts";
import { partsOf, plainPhone } from "#domain/match.ts";
import { settled, usualOwnership, type Origin, type Ownership } from "#domain/ownership.ts";
import type { Ownerships } from "#domain/ports/hub.ts";
import type { Target } from "#domain/ports/tools.ts";
import type { TargetRecord, Update, Write, WriteOutcome } from "#domain/record.ts";
import { clean } from "./clean.ts";
import { decode } from "./columns.ts";
import type { Database } from "./handle.ts";
import { referencesOf } from "./hub-source.ts";
import { created, found, owned, updated, withIds, type Keys } from "./hub-statements.ts";
import { hubRecords } from "./tables/hub-records.ts";

/** So many flows may write one record in the same moment before one of them has to come again. */
const tries = 10;

type About = { entity: EntityName; from: string; ownerships: Pick<Ownerships, "versions"> };

/** Golden records of an entity as a flow writes them. A request that is repeated changes nothing. */
export function hubTarget(db: Database, { entity, from, ownerships }: About): Target {
  const keys = hubSearchable(entity);
  const keysOf = (fields: Fields): Keys =>
    keys.flatMap((field) => {
      const value = fields[field];
      return typeof value === "string" && !isBlank(value)
        ? [{ field, value: keyText(field, value) }]
        : [];
    });

  async function rowsOf(ids: readonly string[]): Promise<readonly Row[]> {
    return (await db.rows(withIds(entity, ids))).map((row) => decode(hubRecords, row));
  }

  let asked: Promise<Ownership> | undefined;
  const ownership = (): Promise<Ownership> =>
    (asked ??= ownerships.versions(entity).then(([newest]) => newest?.ownership ?? usualOwnership));

  async function outcomeOf(write: Write, request: string, n: number): Promise<WriteOutcome> {
    if (write.kind === "create") {
      const id = idFor(entity, `${request}:${String(n)}`);
      const empty = { fields: {}, origins: {} };
      const { fields, origins } = settled(await ownership(), empty, write.fields, originOf(from, write)); // prettier-ignore
      const mine = keysOf(fields);
      const [row] = await db.rows(
        created(entity, { id, fields, origins }, mine, waysOf(write, mine)),
      );
      return row?.["taken"] === true ? { kind: "stale" } : { kind: "accepted", id, version: null };
    }
    for (let tried = 0; tried < tries; tried += 1) {
      const [row] = await rowsOf([write.id]);
      if (row === undefined || row.gone) return { kind: "missing" };
      const outcome = write.kind === "archive" ? await archive(row) : await update(row, write);
      if (outcome !== null) return outcome;
    }
    return { kind: "stale" };
  }

  /** Null when somebody else has changed the record meanwhile. */
  async function update(row: Row, write: Update): Promise<WriteOutcome | null> {
    const { fields, origins, changed, kept } = settled(await ownership(), row, write.fields, originOf(from, write)); // prettier-ignore
    const isTheSame = JSON.stringify(origins) === JSON.stringify(row.origins);
    const done = changed
      ? await db.rows(updated(entity, row, { fields, origins, gone: false }, keysOf(fields)))
      : isTheSame || (await db.rows(owned(entity, row, origins)));
    if (done !== true && done.length === 0) return null;
    return {
      kind: "accepted",
      id: row.id,
      version: null,
      ...(!changed && { unchanged: true }),
      ...(kept.length > 0 && { kept: true }),
    };
  }

  async function archive(row: Row): Promise<WriteOutcome | null> {
    const done = await db.rows(updated(entity, row, { ...row, gone: true }, []));
    return done.length === 0 ? null : { kind: "accepted", id: row.id, version: null };
  }

  return {
    batch: 100,
    parallel: 2,
    repeat: "request_id",
    lagMs: 0,
    searchable: keys,
    holds: new Set(hubFields(entity)),
    coarse: new Set(),
    references: referencesOf(entity),
    needs: [],
    keyed: false,
    dated: true,
    shared: true,

    async find(field, wanted) {
      const texts = wanted.map((value) => keyText(field, value));
      const groups = wanted.map((): TargetRecord[] => []);
      for (const row of await db.rows(found(entity, field, texts)))
        groups[Number(row["n"]) - 1]?.push(toTarget(decode(hubRecords, row)));
      return groups;
    },

    async read(ids) {
      return (await rowsOf(ids)).filter(({ gone }) => !gone).map(toTarget);
    },

    async outranked(updates) {
      const rows = new Map((await rowsOf(updates.map(({ id }) => id))).map((row) => [row.id, row]));
      const rules = await ownership();
      return updates.map((write) => {
        const row = rows.get(write.id);
        return row === undefined
          ? []
          : settled(rules, row, write.fields, originOf(from, write)).kept;
      });
    },

    async send({ id, writes }) {
      const outcomes: WriteOutcome[] = [];
      for (const [n, write] of writes.entries()) outcomes.push(await outcomeOf(write, id, n));
      return { kind: "each", outcomes };
    },
  };
}

/** The ways by which nobody else may be there, as far as golden records are found by them. */
function waysOf({ unlike = [] }: Extract<Write, { kind: "create" }>, keys: Keys): readonly Keys[] {
  return unlike.flatMap((way) => {
    const parts = partsOf(way).flatMap((field) => keys.find((key) => key.field === field) ?? []);
    return parts.length === partsOf(way).length ? [parts] : [];
  });
}

type Row = typeof hubRecords.$inferSelect;

const toTarget = ({ id, fields, changedAt }: Row): TargetRecord => ({
  id,
  version: null,
  fields,
  changedAt: changedAt.toString(),
});

/** The same request makes the same id, so that a repetition finds its record there. */
const idFor = (entity: EntityName, request: string): string =>
  `${entity}_${createHash("sha256").update(request).digest("hex").slice(0, 24)}`;

/** As the tool says, but never later than now: a clock that is ahead does not own a field for hours. */
function originOf(from: string, { changedAt }: Exclude<Write, { kind: "archive" }>): Origin {
  const now = Temporal.Now.instant();
  const told = changedAt == null ? now : Temporal.Instant.from(changedAt);
  return { from, at: (Temporal.Instant.compare(told, now) > 0 ? now : told).toString() };
}

const keyText = (field: string, value: string): string =>
  field === "phone" ? plainPhone(value) : clean(value.trim().normalize("NFC").toLowerCase());
