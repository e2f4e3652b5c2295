import { html } from "../html.ts";

type Props = { what: "block" | "element"; thing: { type?: unknown } };

/** Something the page cannot draw, said in words with its content, so that nothing goes missing in silence. */
export function Unknown({ what, thing }: Props) {
  return html`<div class="unknown" role="note">
    <strong>This page does not draw the ${what} “${String(thing.type)}” yet.</strong>
    <details>
      <summary>What it holds</summary>
      <pre class="pre">${JSON.stringify(thing, null, 2)}</pre>
    </details>
  </div>`;
}
