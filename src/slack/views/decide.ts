import type { ConflictView } from "#operations/contract.ts";
import type { KnownBlock } from "@slack/types";
import { actions, button, context, input, linkButton, option, section, table } from "../blocks.ts";
import type { Modal } from "../message.ts";
import { cut } from "../text/cut.ts";
import { lines, mrkdwn, person, type Markup } from "../text/markup.ts";
import { clock, moment } from "../text/when.ts";
import { complaint } from "./notice.ts";

/** Slack takes 100 blocks a view: this many fields have room with their tables. */
const most = 20;

/** The block of a field's select; it names the version, so that Slack forgets what was chosen before. */
export const choiceBlock = ({ conflict }: ConflictView, field: string): string =>
  cut(`${conflict.version}:${conflict.id}:${field}`, 255);
/** The block of the select that decides about all fields. */
export const allBlock = ({ conflict }: ConflictView): string =>
  `${conflict.version}:${conflict.id}`;
export const alwaysBlock = "always";

/** Two records that were both changed: what each side has, and which of them counts. */
export function decideModal(
  view: ConflictView,
  said: { problem?: string; done?: string } = {},
): Modal {
  const { conflict, flow, title } = view;
  const open = conflict.state.kind !== "settled";
  const fields = view.fields.slice(0, most);
  return {
    form: "conflict.choose",
    title: "Decide",
    submit: open ? "Write" : null,
    close: "Close",
    meta: { conflict: conflict.id, version: conflict.version },
    blocks: [
      ...(said.problem === undefined ? [] : [complaint(said.problem)]),
      ...(said.done === undefined ? [] : [section(mrkdwn`✓ ${said.done}`)]),
      section(mrkdwn`*${title}*  ·  ${flow.name}`),
      section(open ? changes(view) : settled(view)),
      ...(open && fields.length > 1 ? [all(view)] : []),
      ...(open ? fields.flatMap((field) => fieldBlocks(view, field)) : []),
      ...(open && fields.length > 0 ? [always(view)] : []),
      ...links(view),
    ],
  };
}

function changes({ conflict, titles }: ConflictView): Markup {
  const { source, target, by: who } = conflict.changed;
  const at = (instant: string | null): Markup =>
    instant === null ? mrkdwn`when, it does not say` : moment(Temporal.Instant.from(instant));
  const by = conflict.state.kind === "chosen" ? conflict.state.by : null;
  return lines(
    mrkdwn`Changed in ${titles.from}: ${at(source)}${byWhom(who?.source)}. Changed in ${titles.to}: ${at(target)}${byWhom(who?.target)}.`,
    by === null
      ? undefined
      : mrkdwn`${person(by)} has decided some of it, and it is being written.`,
  );
}

const byWhom = (name: string | null | undefined): string =>
  name === null || name === undefined ? "" : `, by ${cut(name, 80)}`;

function settled({ conflict: { state }, flow, titles }: ConflictView): Markup {
  if (state.kind !== "settled") return mrkdwn``;
  return state.why === "agreed"
    ? mrkdwn`Both sides agree. Settled by ${person(state.by)}, ${clock(state.at)}.`
    : mrkdwn`Nobody has to decide it any more: ${person(state.by)} made ${flow.name} go one way, ${clock(state.at)}, so ${titles.from} counts.`;
}

/** Most often one side is right in all of it. */
function all(view: ConflictView): KnownBlock {
  const each = option("Field by field, below", "each");
  return input(allBlock(view), "Which side counts", {
    type: "static_select",
    action_id: "value",
    options: [each, ...sides(view)],
    initial_option: each,
  });
}

const sides = ({ titles }: ConflictView) =>
  [option(`${titles.from} counts`, "source"), option(`${titles.to} counts`, "target")] as const;

type Field = ConflictView["fields"][number];

function fieldBlocks(view: ConflictView, field: Field): KnownBlock[] {
  const { titles } = view;
  const [here, there] = sides(view);
  const later = option("Leave it for now", "later");
  const chosen = field.chosen === "source" ? here : field.chosen === "target" ? there : later;
  return [
    ...table([
      { label: `${field.label} in ${titles.from}`, value: field.source },
      { label: `${field.label} in ${titles.to}`, value: field.target },
      ...(field.base === null ? [] : [{ label: "Before", value: field.base }]),
    ]),
    input(choiceBlock(view, field.name), `Which ${field.label.toLowerCase()} counts`, {
      type: "static_select",
      action_id: "value",
      options: [here, there, later],
      initial_option: chosen,
    }),
  ];
}

function always({ flow }: ConflictView): KnownBlock {
  const once = option("This time only", "once");
  return input(
    alwaysBlock,
    "From now on",
    {
      type: "radio_buttons",
      action_id: "value",
      options: [once, option("Always so for these fields", "always")],
      initial_option: once,
    },
    {
      hint: `Always writes it into ${flow.name} as a rule, for every record; an admin may do that.`,
    },
  );
}

function links({ links: at, titles, next }: ConflictView): KnownBlock[] {
  const buttons = [
    at.source === null ? undefined : linkButton(`Open in ${titles.from}`, at.source),
    at.target === null ? undefined : { ...linkButton(`Open in ${titles.to}`, at.target), action_id: "link.open~2" }, // prettier-ignore
    next === null ? undefined : button("Next", "conflict.next", next),
  ].filter((one) => one !== undefined);
  return buttons.length === 0
    ? [context(mrkdwn`Neither tool has a page of its own for this record.`)]
    : [actions(...buttons)];
}
