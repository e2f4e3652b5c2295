import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { html } from "./html.ts";

type Props = {
  role: "dialog" | "alertdialog";
  kind: string;
  labelledBy: string;
  describedBy?: string;
  /** What is shown in it; focus moves to its first input when this changes. */
  content?: string;
  onCancel: () => void;
  children?: ComponentChildren;
};

/** A modal dialog: the browser keeps focus inside and gives it back to where it came from at the end. */
export function Dialog(props: Props) {
  const { role, kind, labelledBy, describedBy, content, onCancel, children } = props;
  const box = useRef<HTMLDialogElement>(null);
  const mirror = useRef(onCancel);
  mirror.current = onCancel;

  useLayoutEffect(() => {
    const dialog = box.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);

  useLayoutEffect(() => {
    const dialog = box.current;
    const first =
      dialog?.querySelector<HTMLElement>("[data-autofocus]") ??
      dialog?.querySelector<HTMLElement>("[autofocus]") ??
      dialog?.querySelector<HTMLElement>(".dialog-body :is(input, textarea, select)") ??
      dialog?.querySelector<HTMLElement>(".dialog-foot .primary") ??
      dialog;
    first?.focus();
  }, [content]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Tab" && box.current) goRound(event, box.current);
    if (event.key !== "Escape" || event.defaultPrevented) return;
    // The browser would close at once and, pressed twice, without asking: closing is the owner's to decide.
    event.preventDefault();
    event.stopPropagation();
    mirror.current();
  };
  const onNativeCancel = (event: Event) => {
    event.preventDefault();
    mirror.current();
  };

  return html`<dialog
    ref=${box}
    role=${role}
    aria-modal="true"
    class=${`dialog ${kind}`}
    tabindex="-1"
    aria-labelledby=${labelledBy}
    aria-describedby=${describedBy}
    onKeyDown=${onKeyDown}
    onCancel=${onNativeCancel}
  >
    ${children}
  </dialog>`;
}

const reachable =
  "a[href], button:not([disabled]), input:not([disabled]), textarea, select, summary, [tabindex='0']";

/** From the last element on to the first and back: Tab does not lead out of a dialog. */
function goRound(event: KeyboardEvent, dialog: HTMLElement): void {
  const stops = [...dialog.querySelectorAll<HTMLElement>(reachable)].filter(
    (element) => element.tabIndex >= 0 && element.checkVisibility(),
  );
  const [first, last] = event.shiftKey ? [stops.at(-1), stops[0]] : [stops[0], stops.at(-1)];
  const here = document.activeElement;
  if (here !== last && !(event.shiftKey && here === dialog)) return;
  event.preventDefault();
  first?.focus();
}
