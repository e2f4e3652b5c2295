import { turnsWithTime } from "#domain/condition.ts";
import { zoneOf, type FlowPlan } from "#domain/flow.ts";
import type { Clock, Hash } from "#domain/ports/world.ts";
import type { PageRecord } from "#domain/record.ts";
import type { Reading } from "./afresh.ts";

/** 132 bits: no two texts share them. */
const length = 22;

/**
 * A short text for a record's own text and all that decides what becomes of it: one that a link was stored
 * with stands for the same content, and nothing has to be decoded to know that. Undefined where more than
 * that decides, or where what is as it was may need something all the same.
 */
export function makePrint(
  flow: FlowPlan,
  { ends, spoke = null }: Reading,
  { hash, clock }: { hash: Hash; clock: Pick<Clock, "now"> },
): (record: PageRecord) => string | undefined {
  const { decoding } = ends.source;
  if (decoding === undefined || flow.twoWay !== null || spoke !== null) return () => undefined;
  const { map, set, where, leaveOut, match } = flow;
  const today = clock.now().toZonedDateTimeISO(zoneOf(flow)).toPlainDate().toString();
  const rules = [map, set, where, leaveOut, match, zoneOf(flow), turnsWithTime(where) ? today : null]; // prettier-ignore
  const { entity, once, follows, target } = ends;
  const recipe = hash(
    JSON.stringify([decoding, rules, entity, once, follows, [...target.holds].sort()]),
  );
  return ({ text }) => (text === undefined ? undefined : hash(recipe + text()).slice(0, length));
}
