import { isBlank, type Fields, type Value } from "#domain/fields.ts";
import { valueText } from "#domain/value-text.ts";
import type { FieldMove, FlowSamples } from "#operations/contract.ts";
import type { KnownBlock, SectionBlock } from "@slack/types";
import { actions, button, context, divider, section, words } from "../../blocks.ts";
import type { Modal } from "../../message.ts";
import { cut } from "../../text/cut.ts";
import { joined, lines, mrkdwn, type Markup } from "../../text/markup.ts";
import { complaint } from "../notice.ts";

/** Slack takes 100 blocks in a modal; the rest of these is said in words. */
const most = 85;

/** Third page: what becomes of each field, with a few real records, source beside target. */
export function fieldsForm(samples: FlowSamples, warnings: readonly string[] = []): Modal {
  const { flow, titles, moves, records, problem } = samples;
  const rest = moves.length - most;
  return {
    form: "flow-make.fields",
    title: "Fields",
    submit: "Preview",
    close: "Close",
    meta: { flow: flow.name },
    blocks: [
      section(
        mrkdwn`*${flow.name}*  version ${flow.version}\n${titles.from} ${flow.twoWay === null ? "→" : "⇄"} ${titles.to}. ${recordsText(samples)}`,
      ),
      ...(problem === null ? [] : [words(`No record could be read: ${problem}`, 500)]),
      ...warnings.slice(0, 8).map((warning) => complaint(warning)),
      divider,
      ...moves.slice(0, most).map((move) => fieldBlock(samples, move)),
      ...(rest > 0 ? [context(mrkdwn`And ${rest} more fields, which stay as they are.`)] : []),
      actions(button("Change the rules", "flow-make.edit", flow.name)),
      ...(records.length > 0 ? [context(mrkdwn`These are real records, shown to you alone.`)] : []),
    ],
  };
}

const recordsText = ({ records }: FlowSamples): Markup =>
  records.length === 0
    ? mrkdwn`There is no record to show yet.`
    : mrkdwn`For instance ${joined(
        records.map(({ title }) => mrkdwn`${cut(title, 60)}`),
        ", ",
      )}.`;

function fieldBlock({ flow, records }: FlowSamples, move: FieldMove): KnownBlock {
  const source = sourceOf(move);
  const samples = records.map(({ source: from, target }) =>
    source === null
      ? mrkdwn`→ ${valueIn(target, move.field)}`
      : mrkdwn`${valueIn(from, source)} → ${valueIn(target, move.field)}`,
  );
  const says = move.how.kind !== "nothing" && move.how.kind !== "left_out";
  const text = lines(mrkdwn`*${move.label}*  ${howText(move)}`, ...(says ? samples : []));
  return changeable(text, `${flow.name} ${flow.version} ${move.field}`);
}

const changeable = (text: Markup, value: string): SectionBlock =>
  section(text, button("Change", "flow-make.field", value));

function sourceOf({ field, how }: FieldMove): string | null {
  if (how.kind === "from") return how.field;
  return how.kind === "always" || how.kind === "nothing" ? null : field;
}

export function howText({ how }: Pick<FieldMove, "how">): Markup {
  switch (how.kind) {
    case "same":
      return mrkdwn`as it is`;
    case "from":
      return mrkdwn`from ${how.label}`;
    case "always":
      return mrkdwn`always ${short(how.value)}`;
    case "left_out":
      return mrkdwn`left out`;
    case "nothing":
      return mrkdwn`not in the source`;
    default:
      return how satisfies never;
  }
}

/** A record that is left out or cannot be used has nothing at the target. */
const valueIn = (fields: Fields | null, field: string): string =>
  fields === null ? "(not written)" : short(fields[field] ?? null);

const short = (value: Value): string =>
  isBlank(value) ? "(empty)" : cut(valueText(value).replaceAll("\n", "; "), 60);
