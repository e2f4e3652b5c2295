import { richText } from "./rich-text-rules.ts";
import { choice, flag, list, number, object, plain, text, words } from "./rules.ts";
import type { Rule, Shape, Table } from "./rules.ts";

/** The elements of Block Kit that stand inside blocks, and their limits. */
const anything = text(Infinity, 0);
const idText = text(255);
const confirm = object(
  { text: words(300) },
  { title: plain(100), confirm: plain(30), deny: plain(30), style: choice("primary", "danger") },
);
// Slack's pages say 75 for an option's value in one place and 150 in another: 75 is safe.
const option = (label: Rule, description: Rule): Rule =>
  object({ text: label }, { value: text(75, 0), description, url: text(3000) });
const plainOption = option(plain(75), plain(75));
const richOption = option(words(75), plain(75));
const group = object({ label: plain(75), options: list(plainOption, 100) });
const dispatch = object(
  {},
  { trigger_actions_on: list(choice("on_enter_pressed", "on_character_entered"), 2) },
);
const filter = object(
  {},
  {
    include: list(choice("im", "mpim", "private", "public"), 4),
    exclude_bot_users: flag,
    exclude_external_shared_channels: flag,
  },
);
const slackFile: Rule = {
  kind: "object",
  shape: { needs: {}, may: { id: anything, url: anything }, one: ["id", "url"] },
};

const named = { action_id: idText };
const asked = { ...named, confirm };
const input = { ...named, focus_on_load: flag, placeholder: plain(150) };
const select = { ...input, confirm };
const many = { ...select, max_selected_items: number(1) };
const style = choice("primary", "danger");
const label = { accessibility_label: text(75) };
const shape = (needs: Record<string, Rule>, may: Record<string, Rule>): Shape => ({ needs, may });
const idList = list(anything, Infinity, 0);
const conversations = { default_to_current_conversation: flag, filter };

const staticSelect = (may: Record<string, Rule>): Shape => ({
  needs: {},
  may: { ...may, options: list(plainOption, 100), option_groups: list(group, 100) },
  one: ["options", "option_groups"],
});

export const imageMembers = { image_url: text(3000), slack_file: slackFile };

export const elements: Table = {
  button: shape(
    { text: plain(75) },
    { ...asked, ...label, style, value: text(2000, 0), url: text(3000) },
  ),
  workflow_button: shape(
    {
      text: plain(75),
      workflow: object({
        trigger: object(
          { url: anything },
          { customizable_input_parameters: list(object({ name: anything, value: anything })) },
        ),
      }),
    },
    { ...asked, ...label, style },
  ),
  icon_button: shape(
    { text: plain(75), icon: choice("trash") },
    { ...asked, ...label, value: text(2000), visible_to_user_ids: idList },
  ),
  feedback_buttons: shape(
    {
      positive_button: object({ text: plain(75), value: text(2000) }, label),
      negative_button: object({ text: plain(75), value: text(2000) }, label),
    },
    named,
  ),
  overflow: shape({ options: list(plainOption, 5) }, asked),
  checkboxes: shape(
    { options: list(richOption, 10) },
    { ...asked, focus_on_load: flag, initial_options: list(richOption, 10) },
  ),
  radio_buttons: shape(
    { options: list(richOption, 10) },
    { ...asked, focus_on_load: flag, initial_option: richOption },
  ),
  static_select: staticSelect({ ...select, initial_option: plainOption }),
  multi_static_select: staticSelect({ ...many, initial_options: list(plainOption, 100) }),
  external_select: shape(
    {},
    { ...select, initial_option: plainOption, min_query_length: number(0) },
  ),
  multi_external_select: shape(
    {},
    { ...many, initial_options: list(plainOption, 100), min_query_length: number(0) },
  ),
  users_select: shape({}, { ...select, initial_user: anything }),
  multi_users_select: shape({}, { ...many, initial_users: idList }),
  channels_select: shape({}, { ...select, initial_channel: anything, response_url_enabled: flag }),
  multi_channels_select: shape({}, { ...many, initial_channels: idList }),
  conversations_select: shape(
    {},
    {
      ...select,
      ...conversations,
      initial_conversation: anything,
      response_url_enabled: flag,
    },
  ),
  multi_conversations_select: shape(
    {},
    { ...many, ...conversations, initial_conversations: idList },
  ),
  datepicker: shape({}, { ...select, initial_date: text(10) }),
  timepicker: shape({}, { ...select, initial_time: text(5), timezone: anything }),
  datetimepicker: shape(
    {},
    { ...asked, focus_on_load: flag, initial_date_time: number(1e9, 1e10 - 1) },
  ),
  plain_text_input: shape(
    {},
    {
      ...input,
      multiline: flag,
      initial_value: text(3000, 0),
      min_length: number(0, 3000),
      max_length: number(1, 3000),
      dispatch_action_config: dispatch,
    },
  ),
  number_input: shape(
    { is_decimal_allowed: flag },
    {
      ...input,
      initial_value: anything,
      min_value: anything,
      max_value: anything,
      dispatch_action_config: dispatch,
    },
  ),
  email_text_input: shape(
    {},
    { ...input, initial_value: anything, dispatch_action_config: dispatch },
  ),
  url_text_input: shape(
    {},
    { ...input, initial_value: anything, dispatch_action_config: dispatch },
  ),
  rich_text_input: shape(
    {},
    {
      ...input,
      initial_value: richText,
      dispatch_action_config: dispatch,
      min_lines: number(1, 100),
      max_lines: number(1, 100),
    },
  ),
  file_input: shape({}, { ...named, filetypes: list(anything), max_files: number(1, 10) }),
  image: {
    needs: { alt_text: text(2000) },
    may: imageMembers,
    one: ["image_url", "slack_file"],
  },
  plain_text: shape({ text: text(3000) }, { emoji: flag }),
  mrkdwn: shape({ text: text(3000) }, { verbatim: flag }),
};

const selects = ["static", "external", "users", "conversations", "channels"].flatMap((kind) => [
  `${kind}_select`,
  `multi_${kind}_select`,
]);
const choosers = ["checkboxes", "radio_buttons", ...selects];
const pickers = ["datepicker", "timepicker", "datetimepicker"];

/** Which elements each place takes. */
export const inActions = [
  ...["button", "workflow_button", "overflow", "rich_text_input"],
  ...choosers,
  ...pickers,
];
export const inAccessory = [
  ...["button", "workflow_button", "overflow", "image"],
  ...choosers,
  "datepicker",
  "timepicker",
];
export const inInput = [
  ...["plain_text_input", "number_input", "email_text_input", "url_text_input"],
  ...["rich_text_input", "file_input"],
  ...choosers,
  ...pickers,
];
export const inContext = ["image", "plain_text", "mrkdwn"];
