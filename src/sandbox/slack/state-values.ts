import { interactiveElements } from "./block-ids.ts";
import { asFields, type Block, type Fields } from "./fields.ts";

/** `state.values`: block id, then action id, then what stands in that input. */
export type StateValues = Record<string, Record<string, Fields>>;

/** For each kind of input: the member that holds its value, where it starts, and "empty". */
const holds: Record<string, { member: string; starts: string; empty: unknown }> = {
  plain_text_input: { member: "value", starts: "initial_value", empty: null },
  number_input: { member: "value", starts: "initial_value", empty: null },
  email_text_input: { member: "value", starts: "initial_value", empty: null },
  url_text_input: { member: "value", starts: "initial_value", empty: null },
  rich_text_input: { member: "rich_text_value", starts: "initial_value", empty: null },
  file_input: { member: "files", starts: "", empty: [] },
  static_select: { member: "selected_option", starts: "initial_option", empty: null },
  external_select: { member: "selected_option", starts: "initial_option", empty: null },
  radio_buttons: { member: "selected_option", starts: "initial_option", empty: null },
  checkboxes: { member: "selected_options", starts: "initial_options", empty: [] },
  multi_static_select: { member: "selected_options", starts: "initial_options", empty: [] },
  multi_external_select: { member: "selected_options", starts: "initial_options", empty: [] },
  users_select: { member: "selected_user", starts: "initial_user", empty: null },
  multi_users_select: { member: "selected_users", starts: "initial_users", empty: [] },
  channels_select: { member: "selected_channel", starts: "initial_channel", empty: null },
  multi_channels_select: { member: "selected_channels", starts: "initial_channels", empty: [] },
  conversations_select: {
    member: "selected_conversation",
    starts: "initial_conversation",
    empty: null,
  },
  multi_conversations_select: {
    member: "selected_conversations",
    starts: "initial_conversations",
    empty: [],
  },
  datepicker: { member: "selected_date", starts: "initial_date", empty: null },
  timepicker: { member: "selected_time", starts: "initial_time", empty: null },
  datetimepicker: { member: "selected_date_time", starts: "initial_date_time", empty: null },
};

/** The member of an input's state that holds its value, for instance `selected_option`. */
export function valueMember(type: string): string | undefined {
  return holds[type]?.member;
}

/**
 * The state of every input in the blocks, as Slack sends it: what the person set, else what the
 * input begins with, else its empty value. What is set for inputs that are not there is dropped.
 */
export function completeState(blocks: Block[], given: Fields): StateValues {
  const values = bare<Record<string, Fields>>();
  for (const { block, element } of interactiveElements(blocks)) {
    const kind = holds[element.type];
    if (!kind) continue;
    const blockId = String(block["block_id"]);
    const actionId = String(element["action_id"]);
    const set = asFields(asFields(given[blockId])[actionId])[kind.member];
    const value = set === undefined || set === "" ? undefined : set;
    const start = set === undefined ? element[kind.starts] : undefined;
    values[blockId] ??= bare();
    values[blockId][actionId] = { type: element.type, [kind.member]: value ?? start ?? kind.empty };
  }
  return values;
}

/** An object without a prototype: ids come from outside and may be called anything. */
const bare = <Value>(): Record<string, Value> => Object.create(null) as Record<string, Value>;
