import { Mistake } from "#domain/errors.ts";
import { z } from "zod";
import { zoneProblem } from "../cron.ts";
import { line, optional } from "../input.ts";
import { operation } from "../operation.ts";
import { reschedule } from "../schedules.ts";

const timeOfDay = /^([01]?\d|2[0-3]):[0-5]\d$/;

export const digestSet = operation("digest.set", {
  title: "Setting the digest",
  needs: "operator",
  audited: "always",
  input: z.strictObject({
    channel: optional(line("a Slack channel, such as #integrations")),
    time: optional(z.string().trim().regex(timeOfDay).describe("a time of day, such as 07:30")),
    zone: optional(line("a time zone, such as Europe/Paris")),
  }),
  told: (input) => input,

  async run({ channel, time, zone }, { world }) {
    const problem = zone === undefined ? null : zoneProblem(zone);
    if (problem !== null) throw new Mistake(`The zone is wrong: ${problem}`, { usage: true });
    const { digest } = await world.settings.get();
    await world.settings.set({
      digest: {
        on: true,
        channel: channel ?? digest.channel,
        time: time?.padStart(5, "0") ?? digest.time,
        zone: zone ?? digest.zone,
      },
    });
    await reschedule(world);
    return world.settings.get();
  },
});
