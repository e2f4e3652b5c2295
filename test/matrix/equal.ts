import { sameValue, type Fields, type Value } from "#domain/fields.ts";
import { flowName } from "#domain/ids.ts";
import { isFormOf } from "#engine/form-of.ts";
import { never } from "../connectors/world.ts";
import type { Store } from "../support/with-store.ts";
import { byHand } from "./people-at-work.ts";
import type { Team } from "./team.ts";

/** A golden record, and its id in each tool. */
export type Golden = { id: string; fields: Fields; at: ReadonlyMap<string, string> };

export async function goldenIn({ spokes }: Team, store: Store): Promise<readonly Golden[]> {
  const found = new Map<string, Golden & { at: Map<string, string> }>();
  const source = store.hub.source("customer");
  for await (const { records } of source.pages(null, { gone: false, signal: never }))
    for (const { id, content } of records)
      if (content.kind === "live") found.set(id, { id, fields: content.fields, at: new Map() });
  for (const { as } of spokes)
    for (const [id, { link }] of await store.ledger.look(flowName(`${as}-out`), [...found.keys()]))
      if (link !== null) found.get(id)?.at.set(as, link.id);
  return [...found.values()];
}

/** What each tool shows of its records now, by the tool's name and the record's id. */
export type Shown = ReadonlyMap<string, ReadonlyMap<string, Fields>>;

export async function shownIn(team: Team, golden: readonly Golden[]): Promise<Shown> {
  const shown = new Map<string, ReadonlyMap<string, Fields>>();
  for (const spoke of team.spokes) {
    const ids = golden.flatMap(({ at }) => at.get(spoke.as) ?? []);
    const records = await byHand(spoke).read(ids, never);
    shown.set(spoke.as, new Map(records.map(({ id, fields }) => [id, fields])));
  }
  return shown;
}

/** What is not in a tool as the golden record has it. */
function differences({ spokes }: Team, golden: readonly Golden[], shown: Shown) {
  return spokes.flatMap((spoke) => {
    const { holds } = byHand(spoke);
    return golden.flatMap(({ fields, at }) => {
      const theirs = shown.get(spoke.as)?.get(at.get(spoke.as) ?? "");
      const names = Object.keys(fields).filter(
        (name) => holds.has(name) && !agree(theirs?.[name] ?? null, fields[name] ?? null),
      );
      return names.length === 0 ? [] : [{ as: spoke.as, id: at.get(spoke.as), names }];
    });
  });
}

const agree = (theirs: Value, golden: Value): boolean =>
  sameValue(theirs, golden) || isFormOf(theirs, golden);

export const apart = async (team: Team, golden: readonly Golden[]) =>
  differences(team, golden, await shownIn(team, golden));

/** How many records have to be written in each tool for it to be as the golden records are. */
export function missing(team: Team, golden: readonly Golden[], shown: Shown) {
  const found = differences(team, golden, shown);
  return Object.fromEntries(
    team.spokes.map(({ as }) => [as, found.filter((one) => one.as === as).length]),
  );
}
