import type { Block, ChosenFile, Element, InputBlock, Option, Stateful } from "./blocks/model.ts";

type Member =
  | "value"
  | "selected_option"
  | "selected_options"
  | "selected_user"
  | "selected_users"
  | "selected_channel"
  | "selected_channels"
  | "selected_conversation"
  | "selected_conversations"
  | "selected_date"
  | "selected_time"
  | "selected_date_time"
  | "files";

/** The value of one element as it stands in `state.values` and in an action. */
export type StateValue = {
  type: string;
  value?: string | null;
  selected_option?: Option | null;
  selected_options?: Option[];
  selected_user?: string | null;
  selected_users?: string[];
  selected_channel?: string | null;
  selected_channels?: string[];
  selected_conversation?: string | null;
  selected_conversations?: string[];
  selected_date?: string | null;
  selected_time?: string | null;
  selected_date_time?: number | null;
  files?: ChosenFile[];
};
export type Values = Record<string, Record<string, StateValue>>;
export type Drafts = ReadonlyMap<string, StateValue>;
export type Place = { blockId: string; element: Stateful; input: InputBlock | undefined };

/** For each kind of element the member that holds its value, and the one it begins with. */
const shapes: Record<Stateful["type"], readonly [Member, string]> = {
  plain_text_input: ["value", "initial_value"],
  email_text_input: ["value", "initial_value"],
  url_text_input: ["value", "initial_value"],
  number_input: ["value", "initial_value"],
  static_select: ["selected_option", "initial_option"],
  external_select: ["selected_option", "initial_option"],
  multi_static_select: ["selected_options", "initial_options"],
  multi_external_select: ["selected_options", "initial_options"],
  users_select: ["selected_user", "initial_user"],
  multi_users_select: ["selected_users", "initial_users"],
  channels_select: ["selected_channel", "initial_channel"],
  multi_channels_select: ["selected_channels", "initial_channels"],
  conversations_select: ["selected_conversation", "initial_conversation"],
  multi_conversations_select: ["selected_conversations", "initial_conversations"],
  checkboxes: ["selected_options", "initial_options"],
  radio_buttons: ["selected_option", "initial_option"],
  datepicker: ["selected_date", "initial_date"],
  timepicker: ["selected_time", "initial_time"],
  datetimepicker: ["selected_date_time", "initial_date_time"],
  file_input: ["files", ""],
};

/** The member that holds what was chosen, for instance `selected_user` of a `users_select`. */
export const memberOf = (element: Stateful): Member => shapes[element.type][0];

const isStateful = (element: Element): element is Stateful => element.type in shapes;

export const draftKey = (blockId: string, actionId: string): string => `${blockId}\n${actionId}`;

/** A block's own id, or its place in the list where the app gave none. */
export const blockIdOf = (block: { block_id?: string }, index: number): string =>
  block.block_id ?? `block-${index}`;

/** Every element with a value, in reading order. */
export function statefulIn(blocks: Block[]): Place[] {
  return blocks.flatMap((block, index) => {
    const blockId = blockIdOf(block, index);
    const input = block.type === "input" ? block : undefined;
    return elementsOf(block)
      .filter(isStateful)
      .map((element) => ({ blockId, element, input }));
  });
}

function elementsOf(block: Block): Element[] {
  if (block.type === "input") return [block.element];
  if (block.type === "actions") return block.elements;
  return block.type === "section" && block.accessory ? [block.accessory] : [];
}

/** What an element holds before anybody touched it. `here` is the channel the person looks at. */
export function initialValue(element: Stateful, here: string | undefined): StateValue {
  const [member, begins] = shapes[element.type];
  const many = Array.isArray(emptyOf(member));
  const given = (element as Record<string, unknown>)[begins];
  const current =
    "default_to_current_conversation" in element && element.default_to_current_conversation
      ? here && (many ? [here] : here)
      : undefined;
  return { type: element.type, [member]: given ?? current ?? emptyOf(member) };
}

const emptyOf = (member: Member): null | [] => (member.endsWith("s") ? [] : null);

/** What an element holds now: what the person chose, if it still is the same kind of element, else its initial value. */
export function currentValue(
  element: Stateful,
  blockId: string,
  drafts: Drafts,
  here: string | undefined,
): StateValue {
  const draft = drafts.get(draftKey(blockId, element.action_id));
  return draft?.type === element.type ? draft : initialValue(element, here);
}

/** `state.values` of a surface: what was typed, by block and action. */
export function collectValues(blocks: Block[], drafts: Drafts, here: string | undefined): Values {
  const values: Values = {};
  for (const { blockId, element } of statefulIn(blocks)) {
    const ofBlock = (values[blockId] ??= {});
    ofBlock[element.action_id] = currentValue(element, blockId, drafts, here);
  }
  return values;
}

/** True when nothing is typed or chosen. */
export function isEmpty({ type: _, ...held }: StateValue): boolean {
  return Object.values(held).every(
    (value) =>
      value === null ||
      value === undefined ||
      value === "" ||
      (Array.isArray(value) && value.length === 0),
  );
}
