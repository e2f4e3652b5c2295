export type PlainText = { type: "plain_text"; text: string; emoji?: boolean };
export type Mrkdwn = { type: "mrkdwn"; text: string; verbatim?: boolean };
export type TextObject = PlainText | Mrkdwn;
export type Option = { text: TextObject; value: string; description?: TextObject; url?: string };
export type OptionGroup = { label: PlainText; options: Option[] };
export type Confirm = {
  title: TextObject;
  text: TextObject;
  confirm: TextObject;
  deny: TextObject;
  style?: "primary" | "danger";
};

type Interactive = { action_id: string; confirm?: Confirm };
export type Image = {
  type: "image";
  image_url?: string;
  slack_file?: { id?: string; url?: string };
  alt_text: string;
  title?: TextObject;
};
export type Button = Interactive & {
  type: "button";
  text: TextObject;
  value?: string;
  url?: string;
  style?: "primary" | "danger";
  accessibility_label?: string;
};
export type Overflow = Interactive & { type: "overflow"; options: Option[] };
export type TextInput = Interactive & {
  type: "plain_text_input" | "email_text_input" | "url_text_input" | "number_input";
  multiline?: boolean;
  initial_value?: string;
  placeholder?: PlainText;
  min_length?: number;
  max_length?: number;
  is_decimal_allowed?: boolean;
  min_value?: string;
  max_value?: string;
  focus_on_load?: boolean;
  dispatch_action_config?: { trigger_actions_on?: string[] };
};
export type Select = Interactive & {
  type:
    | `${"" | "multi_"}${"static" | "external"}_select`
    | `${"" | "multi_"}${"users" | "channels" | "conversations"}_select`;
  options?: Option[];
  option_groups?: OptionGroup[];
  placeholder?: PlainText;
  min_query_length?: number;
  max_selected_items?: number;
  filter?: { include?: string[]; exclude_bot_users?: boolean };
  default_to_current_conversation?: boolean;
  focus_on_load?: boolean;
  initial_option?: Option;
  initial_options?: Option[];
  initial_user?: string;
  initial_users?: string[];
  initial_channel?: string;
  initial_channels?: string[];
  initial_conversation?: string;
  initial_conversations?: string[];
};
export type Choices = Interactive & {
  type: "checkboxes" | "radio_buttons";
  options: Option[];
  initial_option?: Option;
  initial_options?: Option[];
};
export type DateInput = Interactive & {
  type: "datepicker" | "timepicker" | "datetimepicker";
  initial_date?: string;
  initial_time?: string;
  initial_date_time?: number;
};
export type FileInput = Interactive & {
  type: "file_input";
  /** What may stand after the last dot of its name; anything where it is not said. */
  filetypes?: string[];
  max_files?: number;
};
/** A file that was chosen; the page knows no more of it than this. */
export type ChosenFile = { id: string; name: string; size: number };
export type Element =
  Button | Overflow | Image | TextInput | Select | Choices | DateInput | FileInput;
/** Every element that has a value in `state.values`. */
export type Stateful = TextInput | Select | Choices | DateInput | FileInput;

export type InputBlock = {
  type: "input";
  block_id: string;
  label: PlainText;
  element: Stateful;
  hint?: PlainText;
  optional?: boolean;
  dispatch_action?: boolean;
};

export type RichStyle = {
  bold?: boolean;
  italic?: boolean;
  strike?: boolean;
  code?: boolean;
  underline?: boolean;
};
export type RichInline =
  | { type: "text"; text: string; style?: RichStyle }
  | { type: "link"; url: string; text?: string; style?: RichStyle }
  | { type: "user"; user_id: string; style?: RichStyle }
  | { type: "usergroup"; usergroup_id: string; style?: RichStyle }
  | { type: "channel"; channel_id: string; style?: RichStyle }
  | { type: "emoji"; name: string; unicode?: string; style?: RichStyle }
  | {
      type: "date";
      timestamp: number;
      format: string;
      url?: string;
      fallback?: string;
      style?: RichStyle;
    }
  | { type: "broadcast"; range: string; style?: RichStyle }
  | { type: "color"; value: string; style?: RichStyle };
export type RichSection = { type: "rich_text_section"; elements: RichInline[] };
export type RichElement =
  | RichSection
  | {
      type: "rich_text_list";
      style: "bullet" | "ordered";
      indent?: number;
      offset?: number;
      border?: number;
      elements: RichSection[];
    }
  | { type: "rich_text_quote"; elements: RichInline[]; border?: number }
  | { type: "rich_text_preformatted"; elements: RichInline[]; border?: number };
export type RichText = { type: "rich_text"; block_id?: string; elements: RichElement[] };

export type Cell =
  | { type: "raw_text"; text: string }
  | { type: "raw_number"; value: number; text?: string }
  | RichText;
export type Table = {
  type: "table";
  block_id?: string;
  rows: Cell[][];
  column_settings?: ({ align?: "left" | "center" | "right"; is_wrapped?: boolean } | null)[];
};

export type Section = {
  type: "section";
  block_id?: string;
  text?: TextObject;
  fields?: TextObject[];
  accessory?: Element;
};
export type Block =
  | Section
  | { type: "header"; block_id?: string; text: PlainText }
  | { type: "divider"; block_id?: string }
  | { type: "context"; block_id?: string; elements: (TextObject | Image)[] }
  | (Image & { block_id?: string })
  | { type: "actions"; block_id?: string; elements: Element[] }
  | { type: "markdown"; block_id?: string; text: string }
  | { type: "alert"; block_id?: string; text: TextObject; level?: string }
  | InputBlock
  | RichText
  | Table;
