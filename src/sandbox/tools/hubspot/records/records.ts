import type { Shelf } from "../../../collection.ts";
import type { Tally } from "../../simulated-tool.ts";
import { openIdOrder } from "./id-order.ts";
import type { ObjectType, Properties, Values } from "../objects/object-type.ts";
import { merged } from "./properties.ts";
import { openTakenValues } from "./taken-values.ts";

export type CrmRecord = {
  id: string;
  /** Only those that have a value; dates and id are told from the fields below. */
  properties: Properties;
  createdAt: string;
  updatedAt: string;
  archivedAt: string | null;
};

/** Who made a change, as HubSpot names it. */
export type Author = "INTEGRATION" | "CRM_UI" | "IMPORT";

export type Change = { record: CrmRecord; by: Author } & (
  | { kind: "created" | "archived" | "restored" | "forgotten" | "touched" }
  | { kind: "changed"; before: Properties }
  /** The record goes on under `record.id`, these two ids lead to it. */
  | { kind: "merged"; primary: CrmRecord; loser: CrmRecord }
);

export type Records = {
  type: ObjectType;
  get(id: string): CrmRecord | undefined;
  /** The same, but an id that was merged away leads to the record that goes on. */
  find(id: string): CrmRecord | undefined;
  findBy(property: string, value: string): CrmRecord | undefined;
  /** In order of id, from the one after `after`. */
  after(after: string | null, archived: boolean, limit: number): CrmRecord[];
  all(): Iterable<CrmRecord>;
  readonly size: number;
  /** Throws where another record than `self` has a value that only one may have. */
  refuseTaken(values: Values, self: string | null): void;
  create(values: Values, by?: Author, at?: { created: string; updated: string }): CrmRecord;
  update(record: CrmRecord, changes: Values, by?: Author): CrmRecord;
  /** Its modification date moves, though none of its own values changed. */
  touch(record: CrmRecord, by?: Author): void;
  archive(record: CrmRecord, by?: Author): void;
  restore(record: CrmRecord, by?: Author): void;
  /** Ends it for good. */
  forget(record: CrmRecord, by?: Author): void;
  /** Puts one record in the place of two; under a new id unless it keeps that of the primary one. */
  merge(
    pair: { primary: CrmRecord; loser: CrmRecord },
    properties: Properties,
    keepsId: boolean,
    by?: Author,
  ): CrmRecord;
  tally: Tally;
};

/** The records of one object. `heard` is told of each change. */
export function openRecords(
  shelf: Shelf,
  type: ObjectType,
  heard: (change: Change) => void,
): Records {
  const kept = shelf.collection<CrmRecord>(type.name);
  /** Ids that are no longer, and where they lead; null leads nowhere. */
  const former = shelf.collection<string | null>(`${type.name}_former_ids`);
  const order = openIdOrder([...kept.values()].map(({ id }) => id));
  const taken = openTakenValues(type);
  const tally: Tally = { creates: 0, updates: 0, archived: 0 };
  let last = type.firstId - 1;
  for (const record of kept.values()) {
    last = Math.max(last, Number(record.id));
    if (record.archivedAt === null) taken.take(record);
  }
  for (const [id] of former.entries()) last = Math.max(last, Number(id));

  function keep(record: CrmRecord): CrmRecord {
    kept.set(record.id, record);
    if (record.archivedAt === null) taken.take(record);
    return record;
  }
  function drop(record: CrmRecord, leadsTo: string | null): void {
    taken.free(record);
    kept.delete(record.id);
    order.remove(record.id);
    former.set(record.id, leadsTo);
  }
  function newId(): string {
    last += 1;
    order.add(String(last));
    return String(last);
  }

  const self: Records = {
    type,
    get: (id) => kept.get(id),
    find(id) {
      const next = former.get(id) ?? null;
      return kept.get(id) ?? (next === null ? undefined : self.find(next));
    },
    findBy(property, value) {
      const id = taken.holder(property, value);
      return id === undefined ? undefined : kept.get(id);
    },
    after(after, archived, limit) {
      const page: CrmRecord[] = [];
      for (const id of order.above(after)) {
        const record = kept.get(id);
        if (record === undefined || (record.archivedAt !== null) !== archived) continue;
        page.push(record);
        if (page.length === limit) break;
      }
      return page;
    },
    all: () => kept.values(),
    get size() {
      return kept.size;
    },
    refuseTaken: (values, id) => taken.refuse(values, id),
    create(values, by = "INTEGRATION", at) {
      taken.refuse(values, null);
      const now = new Date().toISOString();
      tally.creates += 1;
      const record = keep({
        id: newId(),
        properties: merged({}, values),
        createdAt: at?.created ?? now,
        updatedAt: at?.updated ?? now,
        archivedAt: null,
      });
      heard({ kind: "created", record, by });
      return record;
    },
    update(record, changes, by = "INTEGRATION") {
      taken.refuse(changes, record.id);
      const different = Object.entries(changes).some(
        ([name, value]) => (record.properties[name] ?? null) !== value,
      );
      if (!different) return record;
      taken.free(record);
      tally.updates += 1;
      const properties = merged(record.properties, changes);
      const after = keep({ ...record, properties, updatedAt: later(record.updatedAt) });
      heard({ kind: "changed", record: after, before: record.properties, by });
      return after;
    },
    touch(record, by = "INTEGRATION") {
      const after = keep({ ...record, updatedAt: later(record.updatedAt) });
      heard({ kind: "touched", record: after, by });
    },
    archive(record, by = "INTEGRATION") {
      if (record.archivedAt !== null) return;
      taken.free(record);
      tally.archived += 1;
      const now = new Date().toISOString();
      const after = keep({ ...record, updatedAt: now, archivedAt: now });
      heard({ kind: "archived", record: after, by });
    },
    restore(record, by = "INTEGRATION") {
      if (record.archivedAt === null) return;
      taken.refuse(record.properties, record.id);
      const after = keep({ ...record, updatedAt: later(record.updatedAt), archivedAt: null });
      heard({ kind: "restored", record: after, by });
    },
    forget(record, by = "INTEGRATION") {
      drop(record, null);
      tally.archived += 1;
      heard({ kind: "forgotten", record, by });
    },
    merge({ primary, loser }, properties, keepsId, by = "INTEGRATION") {
      const id = keepsId ? primary.id : newId();
      drop(loser, id);
      if (!keepsId) drop(primary, id);
      else taken.free(primary);
      const [created = ""] = [primary.createdAt, loser.createdAt].sort();
      const record = keep({
        id,
        properties,
        createdAt: created,
        updatedAt: later(primary.updatedAt),
        archivedAt: null,
      });
      heard({ kind: "merged", record, primary, loser, by });
      return record;
    },
    tally,
  };
  return self;
}

/** Now, and in any case later than before, so that no change hides behind an equal timestamp. */
const later = (before: string) =>
  new Date(Math.max(Date.now(), Date.parse(before) + 1)).toISOString();
