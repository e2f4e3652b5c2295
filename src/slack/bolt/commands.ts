import type { App, KnownEventFromType } from "@slack/bolt";
import { actions, button, section } from "../blocks.ts";
import type { Command } from "../command/command.ts";
import { overview } from "../command/help.ts";
import { plan, type Plan } from "../command/plan.ts";
import { spoken } from "../command/spoken.ts";
import { explain } from "../explain.ts";
import { message } from "../message.ts";
import { mrkdwn } from "../text/markup.ts";
import { conversationAt, give, responding, type Conversation } from "./conversation.ts";
import { modalsIn } from "./modals.ts";
import type { Wiring } from "./wiring.ts";

/** Listens for the slash commands, and for the same words said to the bot. */
export function listenForCommands(app: App, wiring: Wiring): void {
  for (const command of wiring.commands) listenFor(app, wiring, command);

  app.event("app_mention", async ({ event, body, context }) => {
    if (!wiring.once(body.event_id)) return;
    const place = {
      caller: { team: event.team ?? context.teamId, user: event.user },
      channel: event.channel,
      thread: event.thread_ts ?? null,
      respond: null,
    };
    await answerMention(wiring, conversationAt(wiring, place), event);
  });
}

function listenFor(app: App, wiring: Wiring, command: Command): void {
  app.command(command.name, async ({ ack, body, context, respond }) => {
    await ack();
    if (!wiring.once(body.trigger_id)) return;
    const conversation = conversationAt(wiring, {
      caller: { team: context.teamId, user: context.userId },
      channel: body.channel_id,
      thread: null,
      respond: responding(respond),
    });
    const planned = plan(command, body.text, wiring);
    if (planned.kind === "opens")
      return modalsIn(wiring, conversation).open(
        "open",
        body.trigger_id,
        planned.title,
        planned.fill,
      );
    return answer(planned, conversation, wiring);
  });
}

async function answer(
  planned: Extract<Plan, { kind: "answers" }>,
  conversation: Conversation,
  { log }: Wiring,
): Promise<void> {
  try {
    await give(await planned.reply(await conversation.at()), conversation);
  } catch (error) {
    await conversation.whisper(explain(error, log));
  }
}

/** A mention brings no trigger, so a modal takes one more click. */
async function answerMention(
  wiring: Wiring,
  conversation: Conversation,
  { text }: Pick<KnownEventFromType<"app_mention">, "text">,
): Promise<void> {
  const meant = spoken(wiring.commands, text);
  if (!meant) return conversation.whisper(overview(wiring.commands));
  const planned = plan(meant.command, meant.text, wiring);
  if (planned.kind === "answers") return answer(planned, conversation, wiring);
  return conversation.whisper(
    message([
      section(mrkdwn`A little more is needed for that.`),
      actions(button(planned.title, "command.run", planned.line, { style: "primary" })),
    ]),
  );
}
