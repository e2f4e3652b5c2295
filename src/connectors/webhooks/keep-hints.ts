import type { Connection } from "#domain/connection.ts";
import type { Json } from "#domain/json.ts";
import type { Hint, Hints } from "#domain/ports/hints.ts";
import type { HookOutcome } from "#domain/ports/hooks.ts";
import type { OpenConnection } from "../open-connection.ts";
import { badIdOf } from "../read/records.ts";
import { nothing, said } from "./answers.ts";
import type { WebhooksPlan } from "./compile.ts";
import type { Changed } from "./events.ts";

/**
 * What a tool says has changed is only taken as a hint to look: nothing of what it says of a record is
 * believed, so that the order in which it comes does not matter, nor how often.
 */
export async function keepHints(
  { changes }: Pick<WebhooksPlan, "changes">,
  content: Json | undefined,
  about: { connection: Connection; open: () => OpenConnection; world: { hints: Hints } },
): Promise<HookOutcome> {
  const { connection, open, world } = about;
  const changed = changes?.(content, open().shared) ?? [];
  const objects = [...new Set(changed.map(({ object }) => object))];
  const told = objects.map((object) => ({
    object,
    hints: changed.filter((one) => one.object === object).flatMap(hintsIn),
  }));
  // At once, so that they are kept together.
  await Promise.all(
    told.map(({ object, hints }) =>
      world.hints.keep({ connection: connection.name, object }, hints),
    ),
  );
  const records = told.flatMap(({ object, hints }) => {
    const ids = new Set(hints.flatMap(({ record }) => record ?? []));
    return [...ids].map((id) => ({ object, id }));
  });
  return { ...nothing, answer: said(200, ""), changed: objects, records };
}

/** What cannot be an id says no more than that something has changed. */
function hintsIn({ id, merged }: Changed): readonly Hint[] {
  const named = badIdOf(id) === null ? id : null;
  if (merged === null) return [{ record: named, into: null }];
  const swallowed = merged.from.filter((one) => one !== merged.into && badIdOf(one) === null);
  return [
    { record: merged.into, into: null },
    ...swallowed.map((record) => ({ record, into: merged.into })),
  ];
}
