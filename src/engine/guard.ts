import { Held } from "#domain/errors.ts";
import type { Guard } from "#domain/flow.ts";
import type { Carried } from "./carried.ts";
import type { Open } from "./open.ts";

type Done = NonNullable<Carried["guarded"]>;
type Tally = { changes: number; deletes: number };

/** What a page would do to records that are linked. */
export const tally = (open: readonly Open[]): Tally => ({
  changes: open.filter(({ first }) => first === "update").length,
  deletes: open.filter(({ first }) => first === "archive").length,
});

/**
 * Lets a page pass only while the run stays within what the flow's guard allows for linked records.
 * @throws Held before anything of the page is written
 */
export function check(guard: Guard, done: Done, page: Tally): void {
  const changes = done.changes + page.changes;
  const deletes = done.deletes + page.deletes;
  if (deletes > guard.deletes)
    throw new Held(
      `This run would archive ${deletes} records or more; the guard allows ${guard.deletes}`,
    );
  if (changes > guard.changes * done.links)
    throw new Held(
      `This run would change ${changes} or more of ${done.links} linked records; ` +
        `the guard allows ${Math.round(guard.changes * 100)} %`,
    );
}

/** A page is stored: it counts against what the rest of the run may do. */
export function count(done: Done, page: Tally): void {
  done.changes += page.changes;
  done.deletes += page.deletes;
}
