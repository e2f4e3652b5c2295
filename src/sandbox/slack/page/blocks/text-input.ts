import { useEffect, useRef } from "preact/hooks";
import { html } from "../html.ts";
import type { ElementProps } from "./element-props.ts";
import type { TextInput } from "./model.ts";

const kinds = {
  plain_text_input: { type: "text" },
  email_text_input: { type: "text", inputmode: "email", autocomplete: "off" },
  url_text_input: { type: "text", inputmode: "url" },
  number_input: { type: "text", inputmode: "decimal" },
} as const;

/** One line or several; typed text is kept at once and sent when the block asks for it. */
export function TextElement({ element, slot, surface }: ElementProps<TextInput>) {
  const text = surface.value(element, slot.blockId).value ?? "";
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const box = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useEffect(() => {
    if (element.focus_on_load) box.current?.focus();
  }, []);
  const put = (value: string, send: boolean) =>
    void surface.change(element, slot.blockId, value || null, send);
  const shared = {
    ref: box,
    class: "field",
    value: text,
    placeholder: element.placeholder?.text,
    maxlength: element.max_length,
    "aria-labelledby": slot.labelledBy,
    "aria-describedby": slot.describedBy,
    "aria-invalid": slot.invalid,
    "data-autofocus": element.focus_on_load ? "" : undefined,
    onInput: (event: Event) =>
      put(
        (event.currentTarget as HTMLInputElement).value,
        slot.send && triggers.includes("on_character_entered"),
      ),
  };
  if (element.type === "plain_text_input" && element.multiline) {
    return html`<textarea ...${shared} rows="4" onKeyDown=${submitByShortcut}></textarea>`;
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !slot.send || !triggers.includes("on_enter_pressed")) return;
    event.preventDefault();
    put(text, true);
  };
  return html`<input ...${shared} ...${kinds[element.type]} onKeyDown=${onKeyDown} />`;
}

function submitByShortcut(event: KeyboardEvent): void {
  if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
  event.preventDefault();
  (event.currentTarget as HTMLTextAreaElement).form?.requestSubmit();
}
