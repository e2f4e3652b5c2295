import { hubName } from "#domain/hub.ts";
import { nameRule } from "#domain/ids.ts";
import type { Conversion } from "#domain/conversion.ts";
import type { FlowChoices, FlowEnd } from "#operations/contract.ts";
import type { InputBlock, Option, PlainTextOption } from "@slack/types";
import { actions, button, context, input, option, plain, section } from "../../blocks.ts";
import type { Modal } from "../../message.ts";
import { mrkdwn } from "../../text/markup.ts";
import { notice } from "../notice.ts";

export const newFlow = "New flow";

export type Begun = { from: string; to: string; name: string };

/** A target's input is another one for each kind of record: what was chosen before may not fit. */
export const targetBlock = (end: FlowEnd | undefined): string =>
  end === undefined ? "to" : `to:${end.object.entity}`;

/** First page: from where to where, and its name. Only what works together is offered. */
export function beginForm(choices: FlowChoices, { from, to, name }: Begun): Modal {
  const sources = sourcesIn(choices);
  if (sources.length === 0)
    return notice(newFlow, [
      section(
        mrkdwn`A flow goes from one connected tool to another that keeps the same kind of records. No two of them are connected yet.`,
      ),
      actions(button("Connections", "command.run", "/connector list", { style: "primary" })),
    ]);
  const source = sources.find(({ end }) => end === from);
  const targets = source === undefined ? [] : targetsFor(choices, source);
  return {
    form: "flow-make.begin",
    title: newFlow,
    submit: "Next",
    close: "Cancel",
    meta: {},
    blocks: [
      section(
        mrkdwn`A flow keeps the records of one tool in another. Whether changes go both ways is asked on the next page.`,
      ),
      { ...endInput("from", "From", sources, from, "flow-make.source"), dispatch_action: true },
      source === undefined
        ? context(mrkdwn`Choose where records come from; then where they can go is offered.`)
        : endInput(targetBlock(source), "To", targets, to, "value"),
      input(
        "name",
        "Name",
        {
          type: "plain_text_input",
          action_id: "value",
          max_length: 50,
          placeholder: plain("customers-to-books", 150),
          ...(name === "" ? {} : { initial_value: name }),
        },
        { hint: `Leave it empty for a name made of both ends. ${nameRule}.`, optional: true },
      ),
      actions(button("Use a recipe instead", "recipe.list", "all")),
    ],
  };
}

/** Ends that can be read and have somewhere to go. */
const sourcesIn = (choices: FlowChoices): readonly Offered[] =>
  choices.ends
    .filter((end) => end.object.reads && targetsFor(choices, end).length > 0)
    .map((end) => ({ ...end, value: end.end, label: labelOf(end) }));

/** What can be chosen: an end, and for a target what makes its kind of records of the source's. */
export type Offered = FlowEnd & { value: string; label: string };
export type Target = Offered & { conversion: Conversion | null };

/** Ends that keep the same kind of records and can be written, or one that they are made into. */
export function targetsFor({ ends, conversions }: FlowChoices, source: FlowEnd): readonly Target[] {
  const written = ends.filter(({ end, object }) => object.writes && end !== source.end);
  const same = written
    .filter(({ object }) => object.entity === source.object.entity)
    .map((end): Target => ({ ...end, conversion: null, value: end.end, label: labelOf(end) }));
  const made = conversions
    .filter(({ from }) => from === source.object.entity)
    .flatMap((conversion) =>
      written
        .filter(({ object }) => object.entity === conversion.to)
        .map((end): Target => ({
          ...end,
          conversion,
          value: `${end.end} ${conversion.name}`,
          label: `${labelOf(end)}  ${conversion.title}`,
        })),
    );
  return [...same, ...made];
}

const labelOf = ({ object, connection }: FlowEnd): string => `${object.title} in ${connection}`;

function endInput(
  block: string,
  label: string,
  ends: readonly Offered[],
  chosen: string,
  action: string,
): InputBlock {
  const groups = Map.groupBy(ends, ({ connection }) => connection);
  const initial = ends.find(({ value }) => value === chosen);
  return input(block, label, {
    type: "static_select",
    action_id: action,
    placeholder: plain("Choose one", 150),
    option_groups: [...groups].slice(0, 100).map(([connection, all]) => ({
      label: plain(groupLabel(connection, all[0]?.title ?? ""), 75),
      options: all.slice(0, 100).map(endOption),
    })),
    ...(initial === undefined ? {} : { initial_option: endOption(initial) }),
  });
}

const groupLabel = (connection: string, title: string): string =>
  connection === hubName ? "hub: what we keep ourselves, for all tools" : `${connection}: ${title}`;

const endOption = ({ label, value }: Offered): PlainTextOption & Option => option(label, value);
