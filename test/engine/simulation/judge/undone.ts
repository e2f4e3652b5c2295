import type { NativeFields, Row } from "../outside/rows.ts";
import { kept } from "../people/habits.ts";
import { tagOf } from "../people/records.ts";
import type { World } from "../world.ts";
import { isSure } from "./both-sides.ts";
import { same } from "./views.ts";

/**
 * Whether a write of ours takes back what somebody edited last, where that stands already: what comes to
 * rest later may hide it, but whoever looks meanwhile has lost their work.
 */
export function undone(world: World, row: Row, fields: NativeFields): string[] {
  const tag = tagOf("customers", row);
  if (isCorrected(world, tag)) return [];
  return Object.entries(fields).flatMap(([field, value]) => {
    const name = `${tag} ${field}`;
    const last = world.edits.get(name)?.value;
    if (last === undefined || last === "either" || !isSure(world, field)) return [];
    const isLast = (one: unknown): boolean => same(one, last) || (typeof last === "string" && one === kept(world, last)); // prettier-ignore
    if (world.decided.has(name) || !isLast(row.fields[field]) || isLast(value)) return [];
    return [`${name} was made ${String(last)}, and ${String(value)} was written over it`];
  });
}

/** What a person corrected of a dead letter is theirs to write over whatever there is. */
const isCorrected = ({ memory }: World, tag: string): boolean =>
  [...memory.letters.values()].some(({ edited, fields }) => edited !== null && fields["company_name"] === tag); // prettier-ignore
