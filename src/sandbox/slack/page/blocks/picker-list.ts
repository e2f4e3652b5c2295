import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import { html } from "../html.ts";
import type { Choice, Group } from "./choice-list.ts";

type Props = {
  box: RefObject<HTMLDivElement | null>;
  id: string;
  groups: Group[];
  note: string | undefined;
  active: number;
  many: boolean;
  isChosen: (choice: Choice) => boolean;
  onPick: (choice: Choice) => void;
  onActive: (index: number) => void;
};

/** The floating list of a picker. Focus stays in the input; this only shows where the arrows are. */
export function PickerList({
  box,
  id,
  groups,
  note,
  active,
  many,
  isChosen,
  onPick,
  onActive,
}: Props) {
  useEffect(() => {
    box.current?.querySelector(".active")?.scrollIntoView({ block: "nearest" });
  }, [active, groups]);
  let index = -1;
  const line = (choice: Choice) => {
    const at = ++index;
    return html`<div
      key=${choice.key}
      id=${`${id}-${at}`}
      role="option"
      aria-selected=${isChosen(choice)}
      class=${at === active ? "option active" : "option"}
      onMouseDown=${(event: MouseEvent) => event.preventDefault()}
      onMouseMove=${() => at !== active && onActive(at)}
      onClick=${() => onPick(choice)}
    >
      <span>${choice.label}${choice.about && html`<small>${choice.about}</small>`}</span>
      ${isChosen(choice) && html`<span class="tick" aria-hidden="true">✓</span>`}
    </div>`;
  };
  return html`<div
    ref=${box}
    id=${`${id}-list`}
    class="options"
    role="listbox"
    aria-multiselectable=${many}
    popover="manual"
  >
    ${groups.map(({ label, choices }, at) =>
      label
        ? html`<div key=${`group ${at}`} role="group" aria-label=${label}>
            <div class="option-group" aria-hidden="true">${label}</div>
            ${choices.map(line)}
          </div>`
        : choices.map(line),
    )}
    ${note && html`<div class="option-note" role="status">${note}</div>`}
  </div>`;
}
