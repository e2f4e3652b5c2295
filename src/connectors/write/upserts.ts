import type { Variables } from "../manifest/template.ts";
import type { WritePlan } from "./compile-write.ts";

/**
 * How a connection with these settings writes. Where it names a field by which the tool upserts, records
 * are created that way, and a repetition is harmless.
 */
export function writeWith(plan: WritePlan, settings: Variables): WritePlan {
  const calls = plan.calls.filter(
    ({ upsertsBy }) => upsertsBy === null || settings[upsertsBy] !== undefined,
  );
  if (calls.every(({ upsertsBy }) => upsertsBy === null)) return { ...plan, calls };
  return { spec: { ...plan.spec, repeat: "upsert" }, calls };
}
