import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useAnchored } from "../anchored.ts";
import { html } from "../html.ts";
import { safeUrl } from "../safe-url.ts";
import { PlainOrMrkdwn } from "../text.ts";
import { draftKey } from "../values.ts";
import type { ElementProps } from "./element-props.ts";
import type { Option, Overflow } from "./model.ts";

/** The three dots, with a menu that works by mouse and by keyboard. */
export function OverflowMenu({ element, slot, surface }: ElementProps<Overflow>) {
  const [at, setAt] = useState<number | undefined>();
  const opener = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const open = at !== undefined;
  useAnchored(open, opener, menu, "free");
  useLayoutEffect(() => {
    if (at !== undefined)
      menu.current?.querySelectorAll<HTMLElement>("[role=menuitem]")[at]?.focus();
  }, [at]);

  const close = () => {
    setAt(undefined);
    opener.current?.focus();
  };
  const pick = (option: Option) => {
    close();
    const url = option.url && safeUrl(option.url);
    if (url) window.open(url, "_blank", "noopener,noreferrer");
    void surface.act(element, slot.blockId, { selected_option: option });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moved(event.key, at ?? 0, element.options.length);
    if (move !== undefined) setAt(move);
    else if (event.key === "Escape") close();
    else if (event.key === "Tab") return setAt(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onFocusOut = (event: FocusEvent) => {
    const next = event.relatedTarget;
    if (next !== opener.current && !menu.current?.contains(next as Node | null)) setAt(undefined);
  };
  const openByKey = (event: KeyboardEvent) => {
    if (open || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    event.preventDefault();
    setAt(event.key === "ArrowDown" ? 0 : element.options.length - 1);
  };
  const pending = surface.pending.has(draftKey(slot.blockId, element.action_id));

  return html`<span class="overflow">
    <button
      ref=${opener}
      type="button"
      class=${pending ? "button dots pending" : "button dots"}
      aria-label="More actions"
      aria-haspopup="menu"
      aria-expanded=${open}
      onClick=${() => setAt(open ? undefined : 0)}
      onKeyDown=${openByKey}
    >
      <span aria-hidden="true">⋯</span>
    </button>
    ${
      open &&
      html`<div
        ref=${menu}
        class="menu"
        role="menu"
        aria-label="More actions"
        popover="manual"
        onKeyDown=${onKeyDown}
        onFocusOut=${onFocusOut}
      >
        ${element.options.map(
          (option, index) =>
            html`<button
              key=${index}
              type="button"
              role="menuitem"
              tabindex="-1"
              class="menu-item"
              onClick=${() => pick(option)}
              onMouseMove=${() => setAt(index)}
            >
              <${PlainOrMrkdwn} text=${option.text} />
              ${option.description && html`<small><${PlainOrMrkdwn} text=${option.description} /></small>`}
            </button>`,
        )}
      </div>`
    }
  </span>`;
}

function moved(key: string, at: number, count: number): number | undefined {
  if (key === "ArrowDown") return (at + 1) % count;
  if (key === "ArrowUp") return (at + count - 1) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : undefined;
}
