import type { LetterView } from "#operations/contract.ts";
import { actions, button, context, section } from "../blocks.ts";
import type { Modal } from "../message.ts";
import { cut } from "../text/cut.ts";
import { lines, mrkdwn } from "../text/markup.ts";
import { inspectModal } from "./inspect.ts";
import { notice, working } from "./notice.ts";

export const trying = (view: LetterView): Modal =>
  working("Inspect", mrkdwn`Trying… *${view.title}* is on its way to ${view.titles.to}.`);

/** What became of one record after Retry: written, or the form again with what the tool says now. */
export function retriedModal(view: LetterView): Modal {
  const { letter, titles, title } = view;
  switch (letter.state.kind) {
    case "open":
      return inspectModal(view, `${titles.to} refused it again.`);
    case "retrying":
      return withNext(view, [
        section(
          mrkdwn`Still under way. *${title}* is being written to ${titles.to}; its card will say how it ended.`,
        ),
      ]);
    case "superseded":
      return withNext(view, [
        section(
          mrkdwn`✓ *${title}* changed at its source meanwhile, and the newer content went its own way.`,
        ),
      ]);
    case "discarded":
      return withNext(view, [
        section(mrkdwn`■ *${title}* was discarded meanwhile: ${letter.state.reason}`),
      ]);
    case "written":
      return withNext(view, [
        section(lines(mrkdwn`✓ *Written.* ${titles.to} has taken *${title}*.`)),
        context(mrkdwn`${cut(letter.history.at(-1)?.what ?? "", 200)}`),
      ]);
    default:
      return letter.state satisfies never;
  }
}

function withNext({ next, previous }: LetterView, blocks: Modal["blocks"]): Modal {
  const another = next ?? previous;
  const more =
    another === null
      ? [section(mrkdwn`That was the last one of its kind.`)]
      : [actions(button("Next record", "letter.next", another, { style: "primary" }))];
  return notice("Inspect", [...blocks, ...more]);
}
