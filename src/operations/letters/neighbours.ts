import type { DeadLetter } from "#domain/dead-letter.ts";
import type { World } from "../world.ts";

/** Further back than anybody walks record by record. */
const reach = 500;

/** Which stand before and after it in the list of its incident. */
export async function neighbours(
  { letters }: Pick<World, "letters">,
  { id, incident }: DeadLetter,
): Promise<{ previous: string | null; next: string | null }> {
  if (incident === null) return { previous: null, next: null };
  const [begin, after] = await Promise.all([
    letters.list({ incident, limit: reach }),
    letters.list({ incident, after: id, limit: 1 }),
  ]);
  const place = begin.findIndex((letter) => letter.id === id);
  return {
    previous: (place > 0 && begin[place - 1]?.id) || null,
    next: after[0]?.id ?? null,
  };
}
