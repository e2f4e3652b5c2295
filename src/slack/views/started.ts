import type { Run } from "#domain/run.ts";
import type { At } from "../at.ts";
import { mrkdwn, type Markup } from "../text/markup.ts";
import { clock } from "../text/when.ts";

/** The answer to "run it": it began, or it was under way already. */
export function started({ run, fresh }: { run: Run; fresh: boolean }, { channel }: At): Markup {
  if (!fresh)
    return mrkdwn`*${run.flow}* is ${run.state.kind} already, since ${clock(run.startedAt ?? run.queuedAt)}. It was not started twice.`;
  const kind = run.work.kind === "sync" && run.work.full ? mrkdwn`A full run of ` : mrkdwn``;
  const where =
    channel === null
      ? mrkdwn`\`/sync status ${run.flow}\` says how it goes.`
      : mrkdwn`Its progress is shown in this channel.`;
  return mrkdwn`Started. ${kind}*${run.flow}* ${kind.mrkdwn === "" ? "reads what has changed." : "reads everything again."} ${where}`;
}
