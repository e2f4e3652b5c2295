import { withEmoji } from "../emoji.ts";
import { html } from "../html.ts";
import { Icon } from "../icon.ts";
import { safeUrl } from "../safe-url.ts";
import { draftKey } from "../values.ts";
import type { ElementProps } from "./element-props.ts";
import type { Button } from "./model.ts";

/** A button stays focusable while its click is under way: a disabled one would lose the keyboard user's place. */
export function ButtonElement({ element, slot, surface }: ElementProps<Button>) {
  const pending = surface.pending.has(draftKey(slot.blockId, element.action_id));
  const look = `button ${element.style ?? ""} ${pending ? "pending" : ""}`;
  const label = withEmoji(element.text.text);
  const url = element.url ? safeUrl(element.url) : undefined;
  const click = () => {
    if (pending) return;
    void surface.act(element, slot.blockId, {
      ...(element.value === undefined ? {} : { value: element.value }),
    });
  };
  if (url) {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== " ") return;
      event.preventDefault();
      (event.currentTarget as HTMLElement).click();
    };
    return html`<a
      class=${look}
      role="button"
      href=${url}
      target="_blank"
      rel="noopener noreferrer"
      aria-label=${element.accessibility_label}
      onClick=${click}
      onKeyDown=${onKeyDown}
      >${label}<${Icon} name="away"
    /></a>`;
  }
  return html`<button
    type="button"
    class=${look}
    aria-label=${element.accessibility_label}
    aria-busy=${pending}
    aria-disabled=${pending}
    onClick=${click}
  >
    ${label}
  </button>`;
}
