import { html } from "../html.ts";
import { PlainOrMrkdwn } from "../text.ts";
import { Picture } from "./image.ts";
import type { Image, TextObject } from "./model.ts";

export function ContextLine({ elements }: { elements: (TextObject | Image)[] }) {
  return html`<div class="context">
    ${elements.map((element, index) =>
      element.type === "image"
        ? html`<${Picture} key=${index} image=${element} look="context-image" />`
        : html`<span key=${index}><${PlainOrMrkdwn} text=${element} /></span>`,
    )}
  </div>`;
}
