import type { DeadLetter } from "#domain/dead-letter.ts";
import type { Incident } from "#domain/incident.ts";
import type { Subject } from "#domain/ports/outbox.ts";
import type { Asked } from "../operation.ts";
import { tell } from "../tell.ts";

type Noting = Pick<Asked, "world" | "by" | "at">;

/** Keeps what a person did in the history of each incident concerned, and has its card follow. */
export async function noteAbout(
  asked: Noting,
  letters: readonly DeadLetter[],
  what: (records: string) => string,
): Promise<void> {
  const counts = new Map<Incident["id"], number>();
  for (const { incident } of letters)
    if (incident !== null) counts.set(incident, (counts.get(incident) ?? 0) + 1);
  for (const [incident, count] of counts)
    await note(asked, incident, what(count === 1 ? "1 record" : `${count} records`));
}

/** One line in the history of an incident: for its thread. */
export async function note(
  { world, by, at }: Noting,
  id: Incident["id"],
  what: string,
): Promise<void> {
  await world.incidents.note(id, at, by, what);
  const noted = (await world.incidents.history(id)).length;
  const subjects: Subject[] = [{ kind: "incident", id }];
  if (noted > 0) subjects.push({ kind: "incident_note", id, note: noted - 1 });
  await tell(world, subjects);
}
