import { useRef } from "preact/hooks";
import { closeView, explain } from "./api.ts";
import { Blocks } from "./blocks/block.ts";
import { Dialog } from "./dialog.ts";
import { useFocusKept } from "./focus-kept.ts";
import { html } from "./html.ts";
import { Icon } from "./icon.ts";
import { useModalForm } from "./modal-form.ts";
import type { View } from "./model.ts";
import { notify } from "./notices.ts";
import { useWorkspace } from "./state.ts";

/** The top of this person's stack of modals. */
export function ModalHost({ here }: { here: string | undefined }) {
  const { modals, me } = useWorkspace();
  const closing = useRef<string>("");
  const top = modals.at(-1);
  if (!top) return null;
  const close = async () => {
    if (closing.current === top.id) return;
    closing.current = top.id;
    const outcome = await closeView(me.id, top.id);
    closing.current = "";
    if (!outcome.ok) notify(explain(outcome.error));
  };
  return html`<${Dialog}
    role="dialog"
    kind="modal"
    labelledBy="modal-title"
    content=${`${top.id} ${top.blocks.some(({ type }) => type === "input")}`}
    onCancel=${() => void close()}
  >
    <${Modal}
      key=${top.id}
      view=${top}
      user=${me.id}
      deep=${modals.length > 1}
      here=${here}
      onClose=${() => void close()}
    />
  </${Dialog}>`;
}

type Props = {
  view: View;
  user: string;
  /** Whether another modal lies under it. */
  deep: boolean;
  here: string | undefined;
  onClose: () => void;
};

function Modal({ view, user, deep, here, onClose }: Props) {
  const box = useRef<HTMLFormElement>(null);
  const { surface, busy, failed, submit } = useModalForm(view, user, here, box);
  useFocusKept(box, view);
  const leave = deep ? "Back" : "Close";
  return html`<form
    ref=${box}
    class="modal-form"
    tabindex="-1"
    novalidate
    aria-busy=${busy}
    onSubmit=${(event: Event) => {
      event.preventDefault();
      void submit();
    }}
  >
    <div class="dialog-head">
      <h2 id="modal-title">${view.title?.text ?? ""}</h2>
      <button
        type="button"
        class="icon-button"
        title=${leave}
        aria-label=${`${leave} this window`}
        onClick=${onClose}
      >
        <${Icon} name=${deep ? "back" : "close"} />
      </button>
    </div>
    <div class="dialog-body">
      <${Blocks} blocks=${view.blocks} surface=${surface} />
    </div>
    <div class="dialog-foot">
      <${Status} busy=${busy} failed=${failed} />
      <button type="button" class="button" onClick=${onClose}>${view.close?.text ?? leave}</button>
      ${view.submit && html`<${Submit} label=${view.submit.text} busy=${busy} />`}
    </div>
  </form>`;
}

function Status({ busy, failed }: { busy: boolean; failed: string | undefined }) {
  return html`<span class="dialog-status" role="status">
    ${busy && "Sending…"} ${!busy && failed && html`<span class="input-error">${failed}</span>`}
  </span>`;
}

/** Stays focusable while it is under way, so that the keyboard keeps its place. */
function Submit({ label, busy }: { label: string; busy: boolean }) {
  return html`<button
    type="submit"
    class=${busy ? "button primary pending" : "button primary"}
    aria-disabled=${busy}
  >
    ${label}
  </button>`;
}
