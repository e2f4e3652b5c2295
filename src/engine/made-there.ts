import type { TargetRecord } from "#domain/record.ts";
import type { Claimed } from "./claimed.ts";
import { mayHaveBecome } from "./content.ts";
import type { Create } from "./matcher.ts";
import type { Ports } from "./ports.ts";

/** Whether nothing that is there is what this was to make; what cannot be looked for is not missed. */
export function isMissing(there: readonly TargetRecord[] | undefined, { fields }: Create): boolean {
  if (there === undefined) return false;
  const [one, ...others] = there;
  return one === undefined || others.length > 0 || !mayHaveBecome(one.fields, fields);
}

/**
 * In a two-way flow what was made may have been changed there since, which is a change to be brought back:
 * nobody like it was there before it was made, and nobody else has it.
 */
export async function isEdited(
  { ledger }: Pick<Ports, "ledger">,
  { flow }: Pick<Claimed, "flow">,
  { key }: Create,
  [one, ...others]: readonly TargetRecord[],
): Promise<boolean> {
  if (flow.twoWay === null || one === undefined || others.length > 0) return false;
  return ((await ledger.linkedTo(flow.name, [one.id])).get(one.id) ?? key) === key;
}
