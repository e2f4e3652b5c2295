import { percentText } from "#operations/workspace/flow-words.ts";
import type { InputBlock } from "@slack/types";
import type { RulesAbout } from "./about.ts";
import { lineInput } from "./line.ts";
import { own, startOf } from "./starts.ts";

/** When it may run, and how much of a day it may take. */
export function timeInputs(about: RulesAbout): InputBlock[] {
  const { flow, zone } = about;
  const window = flow?.window ?? null;
  const cronZone = flow?.trigger.kind === "cron" ? flow.trigger.zone : undefined;
  return [
    lineInput("own", "Times of my own", flow === null ? "" : startOf(flow.trigger).own, {
      hint: `Where “${own.text.text}” is chosen: minute, hour, day, month and day of the week, such as 30 6,18 * * 1-5.`,
      optional: true,
    }),
    lineInput(
      "hours",
      "Only in these hours",
      window === null ? "" : `${window.from}-${window.to}`,
      {
        hint: "Such as 22:00-06:00. A run outside them waits until they begin. Empty is the whole day.",
        optional: true,
      },
    ),
    ...shareInput(about),
    lineInput("zone", "Time zone", cronZone ?? window?.zone ?? zone, {
      hint: "Such as Europe/Paris.",
    }),
  ];
}

/** Only where a tool allows so many calls a day and no more. */
function shareInput({ origin, to, flow }: RulesAbout): InputBlock[] {
  const tools = [origin, to].flatMap(({ title, daily }) =>
    daily === null ? [] : [`${title} allows ${daily.toLocaleString("en")} calls a day or more`],
  );
  if (tools.length === 0) return [];
  const now = flow?.share == null ? "" : percentText(flow.share);
  return [
    lineInput("share", "Share of a day's calls", now, {
      hint: `${[...new Set(tools)].join("; ")}. Such as 25%: the flow waits when it has used it. Empty is as many as there are.`,
      optional: true,
    }),
  ];
}
