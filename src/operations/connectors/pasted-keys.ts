import type { ManifestProblem } from "#domain/ports/connector-facts.ts";
import { beginsLikeKey } from "#domain/looks-secret.ts";

/** Where a text holds what looks like a key of a tool: a manifest is kept and shown, a key is neither. */
export function pastedKeys(text: string): readonly ManifestProblem[] {
  return text.split("\n").flatMap((line, index) =>
    [...line.matchAll(/[^\s"'`,:[\]{}()]+/g)]
      .filter(([word]) => beginsLikeKey(word))
      .map(({ index: column }) => ({
        line: index + 1,
        column: column + 1,
        message:
          "This looks like a key or a token, which does not belong into a manifest. Please rotate it: it has passed through Slack",
      })),
  );
}
