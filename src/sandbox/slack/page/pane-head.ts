import { html } from "./html.ts";
import { Icon } from "./icon.ts";

type Props = { title: string; about: string; onMenu: () => void };

/** The head of the middle pane, with the way to the sidebar on a narrow screen. */
export function PaneHead({ title, about, onMenu }: Props) {
  return html`<header class="pane-head">
    <button
      type="button"
      class="icon-button menu-button"
      aria-label="Show channels"
      onClick=${onMenu}
    >
      <${Icon} name="menu" />
    </button>
    <div class="pane-title">
      <h1>${title}</h1>
      <span class="purpose">${about}</span>
    </div>
  </header>`;
}
