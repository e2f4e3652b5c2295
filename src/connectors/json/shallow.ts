import { endOfGroup } from "./slices.ts";
import { endOfString } from "./survey.ts";

/** The same JSON with null for each list and object that lies deeper than so many levels. */
export function shallow(text: string, deepest: number): string {
  const parts: string[] = [];
  let from = 0;
  let depth = 0;
  for (let at = 0; at < text.length;) {
    const char = text[at];
    if (char === '"') {
      at = endOfString(text, at);
    } else if ((char === "{" || char === "[") && depth === deepest) {
      parts.push(text.slice(from, at), "null");
      at = from = endOfGroup(text, at);
    } else {
      if (char === "{" || char === "[") depth++;
      else if (char === "}" || char === "]") depth--;
      at++;
    }
  }
  return parts.join("") + text.slice(from);
}
