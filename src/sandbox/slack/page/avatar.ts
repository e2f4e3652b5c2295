import { html } from "./html.ts";
import { displayName, type User } from "./model.ts";

const hues = [12, 42, 95, 150, 188, 215, 262, 320];

/** Up to two letters for a name: `Olivia Berg` gives OB. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends.map((word) => [...(word ?? "?")][0]?.toUpperCase()).join("");
}

function hueOf(id: string): number {
  const sum = [...id].reduce((total, char) => (total * 31 + (char.codePointAt(0) ?? 0)) % 9973, 7);
  return hues[sum % hues.length] ?? 200;
}

/** Initials on a colour that always is the same for the same person. Decoration: the name stands beside it. */
export function Avatar({ user, id }: { user: User | undefined; id: string }) {
  const name = user ? displayName(user) : id;
  const look = user?.is_bot ? "avatar bot" : "avatar";
  return html`<span class=${look} style=${`--hue:${hueOf(id)}`} aria-hidden="true"
    >${initialsOf(name)}</span
  >`;
}
