import { Mistake } from "#domain/errors.ts";
import type { Runbook } from "#operations/contract.ts";
import type { KnownBlock } from "@slack/types";
import { actions, button, header, sections } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { mrkdwn, sentence, type Markup } from "../text/markup.ts";

/** @throws Mistake when the flow is gone meanwhile */
export function onlyOf([runbook]: readonly Runbook[], flow: string): Runbook {
  if (runbook === undefined) throw new Mistake(`There is no flow ${flow} any more.`);
  return runbook;
}

type Part = Runbook["sections"][number]["parts"][number];

/** A runbook as a message: the same words as in its file, a table as a line for each row. */
export function docsMessage({ flow, title, sections: all }: Runbook): Message {
  const blocks: KnownBlock[] = all.flatMap(({ title, parts }) =>
    sections([mrkdwn`*${title}*`, ...parts.flatMap(linesOf)]),
  );
  return message([
    header(title),
    ...blocks,
    actions(
      button("As a canvas", "docs.canvas", flow),
      button("Status", "flow.status", flow),
      button("Map", "command.run", "/sync map"),
    ),
  ]);
}

function linesOf(part: Part): Markup[] {
  switch (part.kind) {
    case "text":
      return [sentence(part.text)];
    case "list":
      return part.items.map((item) => mrkdwn`• ${sentence(item)}`);
    case "table":
      return part.rows.map(rowLine);
    default:
      return part satisfies never;
  }
}

/** "• *Phone*  properties.phone → PrimaryPhone. A phone number… (+33170189900)" */
const rowLine = ([
  name = "",
  from = "",
  to = "",
  how = "",
  example = "",
]: readonly string[]): Markup =>
  mrkdwn`• *${name}*  ${from} → ${to}. ${how}${example === "" ? "" : ` For example ${example}`}`;
