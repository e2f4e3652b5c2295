import { isSystemic, Mistake, NotAllowed } from "#domain/errors.ts";
import type { Log } from "#domain/ports/world.ts";
import { actions, button, section } from "./blocks.ts";
import { message, type Message } from "./message.ts";
import { mrkdwn, sentence, type Markup } from "./text/markup.ts";

/** The one place where an error becomes words in Slack. `instead` is a line that may have been meant. */
export function explain(error: unknown, log: Log, instead?: string): Message {
  const words = wordsFor(error, log);
  if (instead === undefined) return message([section(words)]);
  return message([section(words), actions(button(instead.slice(0, 75), "command.run", instead))]);
}

function wordsFor(error: unknown, log: Log): Markup {
  if (error instanceof Mistake || error instanceof NotAllowed) return sentence(error.message);
  if (isSystemic(error)) return mrkdwn`That did not work just now. ${error.message}`;
  const reference = crypto.randomUUID().slice(0, 8);
  log.error("a request from Slack failed", { reference, error: String(error) });
  return mrkdwn`Something went wrong on our side, and nothing was changed that we know of. The log has it as ${reference}.`;
}
