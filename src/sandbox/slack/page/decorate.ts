import type { VNode } from "preact";
import { html } from "./html.ts";

const tones: ReadonlyMap<string, string> = new Map([
  ["●", "attention"],
  ["▲", "attention"],
  ["✓", "good"],
  ["✔", "good"],
  ["▶", "busy"],
  ["◐", "busy"],
  ["✕", "bad"],
  ["✗", "bad"],
  ["■", "quiet"],
  ["○", "quiet"],
  ["◌", "quiet"],
  ["◆", "quiet"],
]);

/**
 * Sets the sign of a state at the start of a text (`● Needs a hand`) and a bar of blocks (`▓▓▓░░`) a little
 * apart. The words stay as they are: a state never is a colour alone.
 */
export function decorate(text: string): (VNode | string)[] {
  const [, sign, rest] = /^([●▲✓✔▶◐✕✗■○◌◆])\uFE0E?(\s.*)$/su.exec(text) ?? [];
  const tone = sign && tones.get(sign);
  if (!tone) return withBar(text);
  return [html`<span class=${`sign ${tone}`}>${sign}</span>`, ...withBar(rest ?? "")];
}

/** The full and the empty part of a bar are drawn as one smooth line; the signs stay underneath, for copying and for readers. */
function withBar(text: string): (VNode | string)[] {
  return text
    .split(/([▓█]+░*|░{3,})/u)
    .filter(Boolean)
    .map((part) => (/^[▓█░]{3,}$/u.test(part) ? bar(part) : part));
}

function bar(signs: string): VNode {
  const full = signs.replaceAll("░", "");
  const rest = signs.slice(full.length);
  return html`<span class="bar"
    ><span class="full">${full}</span><span class="rest">${rest}</span></span
  >`;
}
