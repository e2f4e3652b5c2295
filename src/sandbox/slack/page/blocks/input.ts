import { withEmoji } from "../emoji.ts";
import { html } from "../html.ts";
import type { Surface } from "../surface.ts";
import { ElementView } from "./element.ts";
import type { InputBlock } from "./model.ts";

type Props = { block: InputBlock; blockId: string; surface: Surface };

/** A labelled input with its hint and, after a refused submit, what is wrong with it. */
export function InputField({ block, blockId, surface }: Props) {
  const error = surface.errors[blockId];
  const labelId = `l-${blockId}`;
  const hintId = `h-${blockId}`;
  const errorId = `e-${blockId}`;
  const describedBy = [block.hint && hintId, error && errorId].filter(Boolean).join(" ");
  const slot = {
    blockId,
    send: block.dispatch_action === true,
    labelledBy: labelId,
    ...(describedBy ? { describedBy } : {}),
    ...(error ? { invalid: true } : {}),
  };
  return html`<div class=${error ? "input wrong" : "input"} data-block=${blockId}>
    <div class="input-label">
      <span id=${labelId}>${withEmoji(block.label.text)}</span>
      ${block.optional && html`<span class="optional">optional</span>`}
    </div>
    <${ElementView} element=${block.element} slot=${slot} surface=${surface} />
    ${error && html`<div class="input-error" id=${errorId} role="alert">${error}</div>`}
    ${block.hint && html`<div class="input-hint" id=${hintId}>${withEmoji(block.hint.text)}</div>`}
  </div>`;
}
