import { html } from "../html.ts";
import { PlainOrMrkdwn } from "../text.ts";
import type { ElementProps } from "./element-props.ts";
import type { Choices, Option } from "./model.ts";

/** Checkboxes and radio buttons. */
export function ChoicesElement({ element, slot, surface }: ElementProps<Choices>) {
  const held = surface.value(element, slot.blockId);
  const many = element.type === "checkboxes";
  const chosen = many
    ? (held.selected_options ?? [])
    : held.selected_option
      ? [held.selected_option]
      : [];
  const isChosen = (option: Option) => chosen.some(({ value }) => value === option.value);
  const pick = (option: Option) => {
    // In the order of the options, as Slack sends them, whatever the order of the clicks.
    const next = many
      ? element.options.filter((other) => isChosen(other) !== (other.value === option.value))
      : option;
    void surface.change(element, slot.blockId, next, slot.send);
  };
  return html`<div
    class="choices"
    role=${many ? "group" : "radiogroup"}
    aria-labelledby=${slot.labelledBy}
    aria-describedby=${slot.describedBy}
    aria-invalid=${slot.invalid}
  >
    ${element.options.map(
      (option) =>
        html`<label key=${option.value} class="choice">
          <input
            type=${many ? "checkbox" : "radio"}
            name=${`${slot.blockId} ${element.action_id}`}
            checked=${isChosen(option)}
            onChange=${() => pick(option)}
          />
          <span>
            <${PlainOrMrkdwn} text=${option.text} />
            ${option.description && html`<small><${PlainOrMrkdwn} text=${option.description} /></small>`}
          </span>
        </label>`,
    )}
  </div>`;
}
