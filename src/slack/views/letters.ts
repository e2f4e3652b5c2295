import type { IncidentView, LetterLine } from "#operations/contract.ts";
import type { KnownBlock } from "@slack/types";
import { button, context, section } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { counted } from "../text/amount.ts";
import { cut } from "../text/cut.ts";
import { lines, mrkdwn, person, type Markup } from "../text/markup.ts";
import { masked, maskedSentence } from "../text/mask.ts";
import { when } from "../text/when.ts";
import { incidentLine } from "./incident-line.ts";

const shown = { incidents: 10, letters: 15 };

/** What is open: one line a cause first, then records one by one. Personal data is masked. */
export function letterList(
  found: { letters: readonly LetterLine[]; total: number },
  incidents: readonly IncidentView[],
  flow: string | null,
  now: Temporal.Instant,
): Message {
  const where = flow === null ? "" : ` in ${flow}`;
  if (found.total === 0 && incidents.length === 0)
    return message([section(mrkdwn`✓ Nothing is open${where}.`)]);
  const letters = found.letters.slice(0, shown.letters);
  const rest = found.total - letters.length;
  return message([
    section(mrkdwn`*${counted(found.total, "record")} open${where}*`),
    ...incidents
      .slice(0, shown.incidents)
      .map((view) => incidentLine(view, when(view.incident.openedAt, now), "retry")),
    ...letters.map(letterLine),
    ...(rest > 0 ? [context(mrkdwn`And ${rest} more. Inspect leads from one to the next.`)] : []),
  ]);
}

function letterLine({ letter, title }: LetterLine): KnownBlock {
  const { id, state, problem, fields } = letter;
  const values = Object.values(fields).filter((value) => typeof value === "string");
  const said = cut(maskedSentence(problem.message, values), 140);
  const doing: Markup =
    state.kind === "retrying" ? mrkdwn` · being retried by ${person(state.by)}` : mrkdwn``;
  return section(
    lines(mrkdwn`${masked(title)} · ${letter.flow} · \`${id}\`${doing}`, mrkdwn`${said}`),
    button("Inspect", "letter.inspect", id),
  );
}
