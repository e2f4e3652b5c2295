import { Mistake } from "#domain/errors.ts";
import { nextSlot } from "#domain/slots.ts";

/** @throws Mistake that says what is wrong with the schedule */
export function checkCron(cron: string, zone: string): void {
  if (!/^\S+(\s+\S+){4}$/.test(cron.trim())) {
    throw new Mistake(
      `“${cron}” is not a schedule. Write five fields: minute, hour, day, month, weekday, such as \`*/15 * * * *\`.`,
      { usage: true },
    );
  }
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
  } catch {
    throw new Mistake(`“${zone}” is not a time zone. Write one such as \`Europe/Paris\`.`, {
      usage: true,
    });
  }
  try {
    nextSlot({ cron, zone }, Temporal.Now.instant());
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Mistake(`“${cron}” is not a schedule: ${why}.`, { usage: true });
  }
}
