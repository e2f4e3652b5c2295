import { parseArgs } from "node:util";
import { nearest } from "#operations/nearest.ts";
import type { Line, Verb } from "./verb.ts";
import { verbs } from "./verbs/index.ts";

export type Parsed =
  | { kind: "help"; verb: Verb | null }
  | { kind: "version" }
  | { kind: "wrong"; message: string }
  | { kind: "verb"; verb: Verb; line: Line };

/** What a command line asks for. Never throws: what is wrong is one sentence. */
export function parse(argv: readonly string[]): Parsed {
  const known = verbs.flatMap(({ options }) => Object.entries(options));
  const valued = Object.fromEntries(
    known.map(([name, { value }]) => [
      name,
      { type: value === undefined ? "boolean" : "string" } as const,
    ]),
  );
  const { tokens } = parseArgs({
    args: [...argv],
    options: { ...valued, help: { type: "boolean", short: "h" } },
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const words = tokens.flatMap((token) => (token.kind === "positional" ? [token.value] : []));
  const options = tokens.flatMap((token) => (token.kind === "option" ? [token] : []));
  const has = (name: string) => options.some((option) => option.name === name);

  const [name] = words;
  if (name === undefined) return withoutVerb(options, has);
  if (name === "help") return helpOf(words[1]);
  const verb = verbs.find((one) => one.name === name);
  if (verb === undefined) return { kind: "wrong", message: noVerb(name) };
  if (has("help")) return { kind: "help", verb };
  const wrong = wrongOption(verb, options) ?? wrongWords(verb, words.length - 1);
  if (wrong !== null) return { kind: "wrong", message: wrong };
  const line: Line = {
    words: words.slice(1),
    json: has("json"),
    flags: new Set(options.map((option) => option.name)),
    values: Object.fromEntries(options.map((option) => [option.name, option.value ?? ""])),
  };
  return { kind: "verb", verb, line };
}

type Given = { name: string; rawName: string; value?: string | undefined };

function withoutVerb(options: readonly Given[], has: (name: string) => boolean): Parsed {
  if (has("help")) return { kind: "help", verb: null };
  if (has("version")) return { kind: "version" };
  const [first] = options;
  const message =
    first === undefined
      ? "A verb is missing; tieline --help lists them."
      : `${first.rawName} needs a verb before it; tieline --help lists them.`;
  return { kind: "wrong", message };
}

function helpOf(name: string | undefined): Parsed {
  if (name === undefined) return { kind: "help", verb: null };
  const verb = verbs.find((one) => one.name === name);
  return verb === undefined ? { kind: "wrong", message: noVerb(name) } : { kind: "help", verb };
}

function wrongOption(verb: Verb, options: readonly Given[]): string | null {
  const allowed = ["json", "help", ...Object.keys(verb.options)];
  for (const { name, rawName, value } of options) {
    const option = verb.options[name];
    if (!allowed.includes(name)) {
      const meant = nearest(name, allowed);
      return meant === null
        ? `tieline ${verb.name} has no option ${rawName}; it has ${allowed.map((one) => `--${one}`).join(", ")}.`
        : `tieline ${verb.name} has no option ${rawName}; did you mean --${meant}?`;
    }
    if (option?.value !== undefined && (value ?? "") === "")
      return `${rawName} needs a value, such as ${rawName} ${option.value}.`;
    if (option?.value === undefined && value !== undefined) return `${rawName} takes no value.`;
  }
  return null;
}

function wrongWords({ name, words, least, most }: Verb, count: number): string | null {
  const usage = `Usage: tieline ${name}${words === "" ? "" : ` ${words}`}`;
  if (count < least) return `Something is missing. ${usage}`;
  return count > most ? `There is too much here. ${usage}` : null;
}

function noVerb(name: string): string {
  const meant = nearest(name, [...verbs.map((verb) => verb.name), "help"]);
  const said = name.replace(/[\p{Cc}\p{Cf}]+/gu, " ").slice(0, 40);
  return meant === null
    ? `There is no verb ${said}; tieline --help lists them.`
    : `There is no verb ${said}; did you mean ${meant}?`;
}
