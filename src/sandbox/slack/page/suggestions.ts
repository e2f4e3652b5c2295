import { useEffect, useRef } from "preact/hooks";
import type { Suggestion } from "./completion.ts";
import { html } from "./html.ts";

type Props = {
  id: string;
  items: Suggestion[];
  active: number;
  onPick: (item: Suggestion) => void;
  onActive: (index: number) => void;
};

/** The list above the composer. Focus stays in the text. */
export function Suggestions({ id, items, active, onPick, onActive }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector(".active")?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return html`<div class="suggestions" role="listbox" id=${id} aria-label="Suggestions" ref=${box}>
    ${items.map(
      (item, index) =>
        html`<div
          key=${item.label}
          id=${`${id}-${index}`}
          role="option"
          aria-selected=${index === active}
          class=${index === active ? "suggestion active" : "suggestion"}
          onMouseDown=${(event: MouseEvent) => event.preventDefault()}
          onMouseMove=${() => index !== active && onActive(index)}
          onClick=${() => onPick(item)}
        >
          <span class="suggestion-name">${item.label}</span>
          ${item.hint && html`<code class="suggestion-hint">${item.hint}</code>`}
          ${item.about && html`<span class="suggestion-about">${item.about}</span>`}
        </div>`,
    )}
    <div class="suggestion-keys" aria-hidden="true">
      <kbd>↑</kbd> <kbd>↓</kbd> choose · <kbd>Tab</kbd> complete · <kbd>Esc</kbd> close
    </div>
  </div>`;
}
