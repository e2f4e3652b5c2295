import { html } from "../html.ts";
import { ButtonElement } from "./button.ts";
import { ChoicesElement } from "./choices.ts";
import { DateElement } from "./dates.ts";
import type { ElementProps } from "./element-props.ts";
import { FileElement } from "./file-input.ts";
import { Picture } from "./image.ts";
import type { Element } from "./model.ts";
import { OverflowMenu } from "./overflow.ts";
import { SelectElement } from "./select.ts";
import { TextElement } from "./text-input.ts";
import { Unknown } from "./unknown.ts";

const views = {
  button: ButtonElement,
  overflow: OverflowMenu,
  plain_text_input: TextElement,
  email_text_input: TextElement,
  url_text_input: TextElement,
  number_input: TextElement,
  static_select: SelectElement,
  external_select: SelectElement,
  users_select: SelectElement,
  channels_select: SelectElement,
  conversations_select: SelectElement,
  multi_static_select: SelectElement,
  multi_external_select: SelectElement,
  multi_users_select: SelectElement,
  multi_channels_select: SelectElement,
  multi_conversations_select: SelectElement,
  checkboxes: ChoicesElement,
  radio_buttons: ChoicesElement,
  datepicker: DateElement,
  timepicker: DateElement,
  datetimepicker: DateElement,
  file_input: FileElement,
} satisfies Record<Exclude<Element["type"], "image">, unknown>;

/** Any element, wherever it stands. */
export function ElementView({ element, slot, surface }: ElementProps<Element>) {
  if (element.type === "image") return html`<${Picture} image=${element} look="thumbnail" />`;
  if (!Object.hasOwn(views, element.type))
    return html`<${Unknown} what="element" thing=${element} />`;
  return html`<${views[element.type]} element=${element} slot=${slot} surface=${surface} />`;
}
