import type { Command } from "./command.ts";
import { straight, wordsOf } from "./line.ts";

/**
 * Which command a line means that was not typed as one: `@tieline sync run leads`, `/sync run leads` on
 * a button, or the verb alone, `@tieline retry leads`.
 */
export function spoken(
  commands: readonly Command[],
  line: string,
): { command: Command; text: string } | undefined {
  const text = straight(line.replace(/^\s*<@[^>]+>[\s,:]*/, ""));
  const [first] = wordsOf(text);
  if (first === undefined) return undefined;
  const said = first.text.toLowerCase().replace(/^[/!]/, "");

  const named = commands.find(({ name }) => name === `/${said}`);
  if (named) return { command: named, text: text.slice(first.end) };
  const byVerb = commands.find(({ verbs }) =>
    verbs.some(({ verb, also }) => verb === said || also?.includes(said)),
  );
  return byVerb && { command: byVerb, text };
}
