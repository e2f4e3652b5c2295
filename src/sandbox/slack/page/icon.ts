import { html } from "./html.ts";

/** Drawn here, so that they look the same whatever fonts a machine has. */
const paths = {
  hash: "M9 4 7 20M17 4l-2 16M4 9h16M3.5 15h16",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  home: "M4 11.5 12 5l8 6.5M6.5 10v9h11v-9",
  letter: "M4 6.5h16v11H4zM4 7l8 6 8-6",
  away: "M8 16 17 7M10 7h7v7",
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "m6 6 12 12M18 6 6 18",
  back: "M14 6l-6 6 6 6M8 12h11",
  reply: "M5 5v6a3 3 0 0 0 3 3h10M14 10l4 4-4 4",
  send: "M5 12 4 5l16 7-16 7 1-7zm0 0h7",
} as const;

export type IconName = keyof typeof paths;

/** Decoration: what it stands for is said by the text or label beside it. */
export function Icon({ name }: { name: IconName }) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d=${paths[name]} />
  </svg>`;
}
