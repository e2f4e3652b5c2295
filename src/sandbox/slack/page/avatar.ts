import { html } from "./html.ts";
import { displayName, type User } from "./model.ts";

/** Up to two letters for a name: `Olivia Berg` gives OB. */
function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends.map((word) => [...(word ?? "?")][0]?.toUpperCase()).join("");
}

/** The person's own colour, else one that always is the same for the same id. */
function colourOf(user: User | undefined, id: string): string {
  if (user?.color && /^[\da-f]{6}$/i.test(user.color)) return `#${user.color}`;
  const sum = [...id].reduce(
    (total, char) => (total * 33 + (char.codePointAt(0) ?? 0)) % 65_521,
    5381,
  );
  return `hsl(${sum % 360} 42% 38%)`;
}

/** Initials in a coloured square. Decoration: the name stands beside it. */
export function Avatar({ user, id }: { user: User | undefined; id: string }) {
  const name = user ? displayName(user) : id;
  const look = user?.is_bot ? "avatar bot" : "avatar";
  const colour = colourOf(user, id);
  return html`<span class=${look} style=${`--colour:${colour}`} aria-hidden="true"
    >${initialsOf(name)}</span
  >`;
}
