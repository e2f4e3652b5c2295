import { useMemo, useRef, useState } from "preact/hooks";
import { closeView, explain, submitView } from "./api.ts";
import { Blocks } from "./blocks/block.ts";
import { Dialog } from "./dialog.ts";
import { html } from "./html.ts";
import type { View } from "./model.ts";
import { useWorkspace } from "./state.ts";
import { draftsOf, surfaceKey, useSurface } from "./surface.ts";
import { problemsIn } from "./validation.ts";
import { collectValues } from "./values.ts";

/** The top of this person's stack of modals. */
export function ModalHost({ here }: { here: string | undefined }) {
  const { modals, me } = useWorkspace();
  const [closing, setClosing] = useState<string | undefined>();
  const top = modals.at(-1);
  if (!top) return null;
  const close = async (view: View) => {
    if (closing === view.id) return;
    setClosing(view.id);
    await closeView(me.id, view.id);
    setClosing(undefined);
  };
  return html`<${Dialog} role="dialog" kind="modal" labelledBy="modal-title" content=${top.id} onCancel=${() => void close(top)}>
    <${Modal} key=${top.id} view=${top} depth=${modals.length} here=${here} onClose=${close} />
  </${Dialog}>`;
}

type Props = {
  view: View;
  depth: number;
  here: string | undefined;
  onClose: (view: View) => Promise<void>;
};
type Shown = { of: View; errors: Record<string, string>; failed: string | undefined };

function Modal({ view, depth, here, onClose }: Props) {
  const { me } = useWorkspace();
  const container = useMemo(() => ({ kind: "view", view_id: view.id }) as const, [view.id]);
  const [sending, setSending] = useState(false);
  const [refused, setRefused] = useState<Shown | undefined>();
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const form = useRef<HTMLFormElement>(null);

  const errors = useMemo(() => {
    const all = Object.entries({ ...view.errors, ...refused?.errors });
    return Object.fromEntries(all.filter(([block]) => !touched.has(block)));
  }, [view.errors, refused, touched]);
  const onEdit = (block: string) =>
    setTouched((now) => (now.has(block) ? now : new Set([...now, block])));
  const surface = useSurface({ user: me.id, container, blocks: view.blocks, here, errors, onEdit });

  const refuse = (found: Record<string, string>, failed?: string) => {
    setTouched(new Set());
    setRefused({ of: view, errors: found, failed });
    requestAnimationFrame(() =>
      form.current?.querySelector<HTMLElement>(".wrong :is(input, textarea)")?.focus(),
    );
  };
  const submit = async () => {
    if (sending) return;
    const drafts = draftsOf(surfaceKey(me.id, container));
    const problems = problemsIn(view.blocks, drafts, here);
    if (Object.keys(problems).length > 0) return refuse(problems);
    setSending(true);
    const outcome = await submitView(me.id, view.id, collectValues(view.blocks, drafts, here));
    setSending(false);
    if (outcome.ok) return setRefused(undefined);
    if (outcome.errors) refuse(outcome.errors);
    else refuse({}, explain(outcome.error));
  };
  const busy = sending || view.busy === true;
  const failed = refused?.failed ?? view.error;
  const back = depth > 1 ? "Back" : "Close";

  return html`<form
    ref=${form}
    class="modal-form"
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
        aria-label=${back}
        onClick=${() => void onClose(view)}
      >
        <span aria-hidden="true">${depth > 1 ? "←" : "×"}</span>
      </button>
    </div>
    <div class="dialog-body">
      <${Blocks} blocks=${view.blocks} surface=${surface} />
    </div>
    <div class="dialog-foot">
      <span class="dialog-status" role="status">
        ${busy && html`<span class="spinner" aria-hidden="true"></span> Sending…`}
        ${!busy && failed && html`<span class="input-error">${explain(failed)}</span>`}
      </span>
      <button type="button" class="button" onClick=${() => void onClose(view)}>
        ${view.close?.text ?? (depth > 1 ? "Back" : "Close")}
      </button>
      ${view.submit && html`<button type="submit" class=${busy ? "button primary pending" : "button primary"} aria-disabled=${busy}>${view.submit.text}</button>`}
    </div>
  </form>`;
}
