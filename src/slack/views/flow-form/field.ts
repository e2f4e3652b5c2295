import { isBlank, type Fields } from "#domain/fields.ts";
import { accepted } from "#domain/entities/entity.ts";
import { entityOf } from "#domain/entities/index.ts";
import { valueText } from "#domain/value-text.ts";
import { fieldsOf } from "#domain/match.ts";
import type { FieldMove, FlowSamples } from "#operations/contract.ts";
import type { InputBlock, PlainTextOption } from "@slack/types";
import { actions, button, input, option, section } from "../../blocks.ts";
import type { Modal } from "../../message.ts";
import { mrkdwn } from "../../text/markup.ts";
import { howText } from "./fields.ts";

/** What can be done with one field of the target. */
export function fieldForm(samples: FlowSamples, move: FieldMove): Modal {
  const { flow, objects } = samples;
  const { field, label, how } = move;
  const type = entityOf(objects.to.entity).fields[field]?.type ?? { kind: "text" };
  const others = othersFor(samples, field);
  const ways = waysOf(samples, field, others.length > 0);
  const way = ways.find(({ value }) => value === how.kind);
  const constant = how.kind === "always" && !isBlank(how.value) ? valueText(how.value) : "";
  return {
    form: "flow-make.field",
    title: "Change a field",
    submit: "Save",
    close: "Close",
    meta: { flow: flow.name, version: flow.version, field },
    blocks: [
      section(mrkdwn`*${label}* of ${flow.name}: ${howText(move)} now.`),
      input(
        "how",
        "It is filled",
        {
          type: "radio_buttons",
          action_id: "value",
          options: ways,
          ...(way === undefined ? {} : { initial_option: way }),
        },
        tellsRecords(samples, field)
          ? { hint: "Records are told by it, so it cannot be left out." }
          : {},
      ),
      ...(others.length > 0 ? [sourceInput(others, move)] : []),
      input(
        "always",
        "Value",
        {
          type: "plain_text_input",
          action_id: "value",
          max_length: 500,
          ...(constant === "" ? {} : { initial_value: constant }),
        },
        { hint: `It takes ${accepted(type)}.`, optional: true },
      ),
      actions(button("Back", "flow-make.back", flow.name)),
    ],
  };
}

/** Fields of the source of the same kind. */
function othersFor({ objects }: FlowSamples, field: string): readonly PlainTextOption[] {
  const { fields } = entityOf(objects.to.entity);
  return Object.keys(known(objects))
    .filter((name) => name !== field && fields[name]?.type.kind === fields[field]?.type.kind)
    .map((name) => option(fields[name]?.label ?? name, name));
}

const tellsRecords = ({ flow }: Pick<FlowSamples, "flow">, field: string): boolean =>
  fieldsOf(flow.match).includes(field);

const known = ({ from, to }: FlowSamples["objects"]): Fields =>
  entityOf(to.entity).complete(Object.fromEntries(from.fields.map((name) => [name, "x"])));

const waysOf = (
  { flow, objects }: FlowSamples,
  field: string,
  fromOthers: boolean,
): PlainTextOption[] => [
  ...(Object.hasOwn(known(objects), field) ? [option("As it is in the source", "same")] : []),
  ...(fromOthers ? [option("From another field, chosen below", "from")] : []),
  option("Always the value typed below", "always"),
  ...(tellsRecords({ flow }, field) ? [] : [option("Leave it out: it is not written", "left_out")]),
];

function sourceInput(others: readonly PlainTextOption[], { how }: FieldMove): InputBlock {
  const now = how.kind === "from" ? others.find(({ value }) => value === how.field) : undefined;
  return input(
    "source",
    "From",
    {
      type: "static_select",
      action_id: "value",
      options: others.slice(0, 100),
      ...(now === undefined ? {} : { initial_option: now }),
    },
    { optional: true },
  );
}
