import { html } from "../html.ts";
import type { Surface } from "../surface.ts";
import { ElementView } from "./element.ts";
import type { Element } from "./model.ts";

type Props = { elements: Element[]; blockId: string; surface: Surface };

export function ActionRow({ elements, blockId, surface }: Props) {
  const slot = { blockId, send: true };
  return html`<div class="actions">
    ${elements.map((element, index) => html`<${ElementView} key=${`${element.type} ${index}`} element=${element} slot=${slot} surface=${surface} />`)}
  </div>`;
}
