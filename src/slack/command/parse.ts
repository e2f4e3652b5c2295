import { nearest } from "#operations/nearest.ts";
import type { Command, Param, Verb } from "./command.ts";
import { straight, wordsOf, type Word } from "./line.ts";
import { recognise } from "./recognise.ts";

export type Parsed =
  | { kind: "help" }
  | { kind: "verb"; verb: Verb; args: Record<string, string>; missing: readonly Param[] }
  /** No such verb; `nearest` is a whole line that may have been meant. */
  | { kind: "unknown"; word: string; nearest: string | null };

/** Reads what stands after a command's name. */
export function parse(command: Command, text: string): Parsed {
  const line = straight(text);
  const words = wordsOf(line);
  const [first] = words;
  if (first === undefined || /^[-/!]*(help|\?)$/i.test(first.text)) return { kind: "help" };

  const named = findVerb(command, words);
  if (named)
    return withArguments(
      named.verb,
      line,
      words.filter((word) => word !== named.word),
    );

  const near = nearestVerb(command, first.text);
  if (near !== null)
    return {
      kind: "unknown",
      word: first.text,
      nearest: `${command.name} ${near}${line.slice(first.end)}`.trim(),
    };
  const meant = command.verbs.find(({ verb }) => verb === command.without);
  if (meant && words.length <= 1) return withArguments(meant, line, words);
  return { kind: "unknown", word: first.text, nearest: null };
}

const clean = (word: string): string => word.toLowerCase().replace(/^[-/!]+|[.!?;:]+$/g, "");

/** The first word that is a verb; usually the first word, but `customers-to-books run` is as clear. */
function findVerb(
  command: Command,
  words: readonly Word[],
): { verb: Verb; word: Word } | undefined {
  for (const word of words) {
    const said = clean(word.text);
    const verb = command.verbs.find((one) => one.verb === said || one.also?.includes(said));
    if (verb) return { verb, word };
    // Beyond a second word we would be reading verbs out of somebody's reason.
    if (word !== words[0]) return undefined;
  }
  return undefined;
}

const nearestVerb = ({ verbs }: Command, word: string): string | null =>
  nearest(clean(word), [...verbs.map(({ verb }) => verb), "help"]);

/** Gives each word to the argument that recognises it, the choosy ones first, whatever the order. */
function withArguments(verb: Verb, line: string, words: readonly Word[]): Parsed {
  const params = Object.entries(verb.params);
  const args: Record<string, string> = {};
  let left = [...words];

  for (const [name, param] of params.toSorted(([, a], [, b]) => choosiness(a) - choosiness(b))) {
    if (param.takes === "rest") continue;
    const candidates = param.takes === "flag" && hasRest(verb) ? left.slice(0, 2) : left;
    const found = candidates
      .map((word) => ({ word, value: recognise(word.text, param) }))
      .find(({ value }) => value !== undefined);
    if (found?.value === undefined) continue;
    args[name] = found.value;
    left = left.filter((word) => word !== found.word);
  }
  const rest = params.find(([, { takes }]) => takes === "rest");
  const [from] = left;
  if (rest && from) args[rest[0]] = unquoted(line.slice(from.start));

  const missing = params.filter(([name, { optional }]) => !optional && args[name] === undefined);
  return { kind: "verb", verb, args, missing: missing.map(([, param]) => param) };
}

const choosiness = ({ takes }: Param): number => (takes === "name" ? 1 : 0);
const hasRest = (verb: Verb): boolean =>
  Object.values(verb.params).some(({ takes }) => takes === "rest");
const unquoted = (text: string): string => text.replace(/^(["'])(.*)\1$/, "$2").trim();
