import { html } from "./html.ts";

/** Tieline's own mark: a line between two sockets. */
export function Mark() {
  return html`<svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
    <path d="M7 8c0 8 10 0 10 8" fill="none" stroke="currentColor" stroke-width="2" />
    <circle cx="7" cy="7" r="2.6" fill="currentColor" />
    <circle cx="17" cy="17" r="2.6" fill="currentColor" />
  </svg>`;
}
