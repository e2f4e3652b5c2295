import { sameValue, type Fields, type Value } from "#domain/fields.ts";
import type { Flow } from "#domain/flow.ts";
import type { Link } from "#domain/link.ts";
import { hashOf } from "../outside/tool.ts";
import type { ObjectName } from "../outside/manifest.ts";
import type { Row } from "../outside/rows.ts";
import { tagOf } from "../people/records.ts";
import { kept } from "../people/habits.ts";
import { type ToolName, toolNames } from "../plan.ts";
import type { World } from "../world.ts";

/** A record of one end, by what tells it from all others. */
export type Seen = {
  id: string;
  tag: string;
  fields: Record<string, unknown>;
  /** What it was before, each until when by our clock. */
  was: readonly { fields: Record<string, unknown>; untilMs: number }[];
  gone: boolean;
  raw: string;
};

/** What is compared of each kind of record. */
export const compared = {
  customers: ["name", "email", "website", "currency", "notes"],
  customer: ["name", "email", "website", "currency", "notes"],
  deals: ["title", "notes", "customer"],
  tasks: ["title", "notes"],
  files: ["path", "content"],
} as const;

const seenOf =
  (world: World, place: ToolName, object: ObjectName) =>
  (row: Row): Seen => ({
    id: row.id,
    tag: tagOf(object, row),
    fields: {
      ...row.fields,
      ...(row.bytes !== null && { content: `dropbox:${hashOf(row.bytes)}` }),
    },
    was: row.was.map(({ fields, untilMs }) => ({
      fields,
      untilMs: untilMs - world.plan.skew[place],
    })),
    gone: row.deleted,
    raw: JSON.stringify(world[place].tool.shown(row)),
  });

/** All records of one end of a flow, those that are gone too. */
export function recordsAt(world: World, { connection, object }: Flow["from"]): Seen[] {
  if (connection !== "hub") {
    const place = toolNames.find((name) => name === connection) ?? "books";
    const name = object as ObjectName;
    return [...world[place].tool.rows.of(name).values()].map(seenOf(world, place, name));
  }
  return [...world.store.hub.rows.values()].map(({ id, fields, gone, was }) => ({
    id,
    tag: String(fields["company_name"]),
    fields,
    was,
    gone,
    raw: JSON.stringify({ id, ...fields }),
  }));
}

/** What a flow is to bring, by the keys of its ledger. */
export function wantedBy(world: World, flow: Flow): Seen[] {
  const records = recordsAt(world, flow.from);
  if (flow.convert === null) return records;
  return records.flatMap((one) => [
    { ...one, id: `${one.id}#first` },
    { ...one, id: `${one.id}#kickoff`, tag: `${one.tag} kickoff`, fields: { ...one.fields, title: `${one.tag} kickoff` } }, // prettier-ignore
  ]);
}

export const linksOf = (world: World, flow: Pick<Flow, "name">): Map<string, Link> =>
  world.memory.links.get(flow.name) ?? new Map<string, Link>();

/** A field as it has to stand at the target. */
export function wantedField(
  world: World,
  flow: Flow,
  fields: Record<string, unknown>,
  field: string,
): unknown {
  // prettier-ignore
  const value = fields[field];
  if (field === "customer" && typeof value === "string") return referred(world, value) ?? value;
  if (field === "notes" && typeof value === "string" && flow.to.connection === "books") return kept(world, value); // prettier-ignore
  return value;
}

/** Where the customer of a deal has got to; null where it has not. */
export const referred = (world: World, id: string): string | null => {
  const people = world.plan.flows.find(({ name }) => name === "people");
  return (people && linksOf(world, people).get(id)?.id) ?? null;
};

export const same = (a: unknown, b: unknown): boolean => sameValue((a ?? null) as Value, (b ?? null) as Value); // prettier-ignore

export const asFields = (fields: Record<string, unknown>): Fields => fields as Fields;
