import type { Allotment } from "#domain/ports/lane.ts";
import type { Manifest } from "./manifest/manifest.ts";
import type { OpenConnection } from "./open-connection.ts";
import type { ObjectPlan } from "./read/compile-object.ts";
import { halfOf } from "./request/limits.ts";
import type { WritePlan } from "./write/compile-write.ts";

/** What the manifest says about how fast an object may be read and written by work that can wait. */
export function allotmentOf(
  { limits }: Manifest,
  { plan, write }: { plan: ObjectPlan; write: WritePlan | null },
  { leftToday }: Pick<OpenConnection, "leftToday">,
): Allotment {
  const rates = limits.usual.flatMap((name) => {
    const bucket = limits.buckets[name];
    if (bucket === undefined) return [];
    const { calls, perMs } = halfOf({ calls: bucket.calls, perMs: bucket.per });
    return (calls / perMs) * 60_000;
  });
  return {
    reads: plan.byIds?.most ?? 0,
    finds: plan.find?.most ?? 0,
    writes: write?.spec.batch ?? 0,
    perMinute: rates.length === 0 ? null : Math.min(...rates),
    leftToday: leftToday(),
  };
}
