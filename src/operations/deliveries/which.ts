import type { Which } from "#domain/delivery.ts";
import { Mistake } from "#domain/errors.ts";
import { keptHours } from "../events/forget.ts";
import { whenText } from "../when.ts";
import type { World } from "../world.ts";
import type { Asked } from "./contract.ts";

/** @throws Mistake where no time is meant, or one of which nothing is kept any more */
export async function whichOf(
  { settings }: Pick<World, "settings">,
  { delivery, from, to }: Omit<Asked, "connection">,
  now: Temporal.Instant,
): Promise<Which> {
  if (delivery !== undefined) return { kind: "one", id: delivery };
  const { zone } = (await settings.get()).digest;
  const range = { from: instantIn(from ?? "", zone), to: instantIn(to ?? "", zone) };
  if (Temporal.Instant.compare(range.from, range.to) >= 0)
    throw new Mistake("The time to replay ends before it begins.", { usage: true });
  const kept = now.subtract({ hours: keptHours });
  if (Temporal.Instant.compare(range.from, kept) < 0)
    throw new Mistake(
      `Deliveries are kept for ${keptHours / 24} days, so nothing from before ${whenText(kept)} can be sent once more.`,
      { usage: true },
    );
  return { kind: "range", ...range };
}

/** "2026-11-25", "2026-11-25 14:00", or a point in time with its zone. */
function instantIn(text: string, zone: string): Temporal.Instant {
  const said = text.trim().replace(" ", "T");
  try {
    return /(Z|[+-]\d\d:\d\d)$/.test(said)
      ? Temporal.Instant.from(said)
      : Temporal.PlainDateTime.from(said).toZonedDateTime(zone).toInstant();
  } catch {
    throw new Mistake(`“${text.slice(0, 40)}” is not a time; write it as 2026-11-25 14:00.`, {
      usage: true,
    });
  }
}
