import type { RefObject, VNode } from "preact";
import { useEffect } from "preact/hooks";
import { html } from "../html.ts";
import type { Choice } from "./choice-list.ts";
import type { Picking } from "./picking.ts";

type Props = {
  box: RefObject<HTMLDivElement | null>;
  id: string;
  many: boolean;
  picking: Picking;
};

/** The floating list of a picker. Focus stays in the input; this only shows where the arrows are. */
export function PickerList({ box, id, many, picking }: Props) {
  const { found, active, isChosen, setActive, pick } = picking;
  useEffect(() => {
    box.current?.querySelector(".active")?.scrollIntoView({ block: "nearest" });
  }, [active, found.groups]);

  const line = (choice: Choice, at: number) =>
    html`<div
      key=${choice.key}
      id=${`${id}-${at}`}
      role="option"
      aria-selected=${isChosen(choice)}
      class=${at === active ? "option active" : "option"}
      onMouseDown=${(event: MouseEvent) => event.preventDefault()}
      onMouseMove=${() => at !== active && setActive(at)}
      onClick=${() => pick(choice)}
    >
      <span>${choice.label}${choice.about && html`<small>${choice.about}</small>`}</span>
      ${isChosen(choice) && html`<span class="tick" aria-hidden="true">✓</span>`}
    </div>`;

  let before = 0;
  const lines: VNode[] = found.groups.map(({ label, choices }, index) => {
    const first = before;
    before += choices.length;
    const own = choices.map((choice, at) => line(choice, first + at));
    return html`<div key=${index} role=${label ? "group" : "presentation"} aria-label=${label}>
      ${label && html`<div class="option-group" aria-hidden="true">${label}</div>`} ${own}
    </div>`;
  });
  return html`<div
    ref=${box}
    id=${`${id}-list`}
    class="options"
    role="listbox"
    aria-label="Choices"
    aria-multiselectable=${many}
    popover="manual"
  >
    ${lines} ${found.note && html`<div class="option-note" role="status">${found.note}</div>`}
  </div>`;
}
