import { html } from "../html.ts";
import type { Surface } from "../surface.ts";
import { PlainOrMrkdwn } from "../text.ts";
import { ElementView } from "./element.ts";
import type { PlainText, Section, TextObject } from "./model.ts";

type Props = { block: Section; blockId: string; surface: Surface };

export function SectionBlock({ block, blockId, surface }: Props) {
  const { text, fields, accessory } = block;
  const textId = `t-${blockId}`;
  const slot = { blockId, send: true, ...(text ? { labelledBy: textId } : {}) };
  return html`<div class="section">
    <div class="section-text">
      ${text && html`<div id=${textId}><${PlainOrMrkdwn} text=${text} /></div>`}
      ${
        fields &&
        html`<div class="fields">
          ${fields.map((field, index) => html`<div key=${index}><${PlainOrMrkdwn} text=${field} /></div>`)}
        </div>`
      }
    </div>
    ${
      accessory &&
      html`<div class="accessory">
        <${ElementView} element=${accessory} slot=${slot} surface=${surface} />
      </div>`
    }
  </div>`;
}

export function Header({ text }: { text: PlainText }) {
  return html`<h3 class="block-header"><${PlainOrMrkdwn} text=${text} /></h3>`;
}

const levels = new Set(["info", "warning", "error", "success"]);

export function Alert({ text, level }: { text: TextObject; level?: string }) {
  const look = level && levels.has(level) ? level : "default";
  return html`<div class=${`alert ${look}`} role="note"><${PlainOrMrkdwn} text=${text} /></div>`;
}
