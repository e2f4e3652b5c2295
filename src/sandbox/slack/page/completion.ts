import type { Command } from "./model.ts";

export type Suggestion = { insert: string; label: string; about: string; hint: string };
/** `from` and `to` say which part of the text a suggestion replaces; `eager` that the first one is picked already. */
export type Completion = { from: number; to: number; items: Suggestion[]; eager: boolean };

export type Person = { name: string; about: string };
/** What is offered: the commands that can be run here, and the people who can be mentioned. */
export type Sources = { commands: Command[]; people: Person[] };

export type Verb = { verb: string; rest: string };

/** What may follow a command, read from its usage hint: `[run FLOW|list|help]` gives run, list and help. */
export function verbsOf(usageHint: string): Verb[] {
  const hint = usageHint.trim();
  const inner = bracketed(hint) ?? hint;
  const parts = splitAtTop(inner);
  if (parts.length < 2) return [];
  return parts.flatMap((part) => {
    const [, verb, rest] = /^\s*([a-z][\w-]*)\s*(.*)$/is.exec(part) ?? [];
    return verb ? [{ verb, rest: (rest ?? "").trim() }] : [];
  });
}

/** The content of the brackets the hint opens with, if they hold alternatives. */
function bracketed(hint: string): string | undefined {
  if (!/^[[<(]/.test(hint)) return undefined;
  let depth = 0;
  for (let at = 0; at < hint.length; at += 1) {
    if (/[[<(]/.test(hint.charAt(at))) depth += 1;
    if (/[\]>)]/.test(hint.charAt(at))) depth -= 1;
    if (depth === 0) return hint.slice(1, at);
  }
  return undefined;
}

function splitAtTop(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = "";
  for (const char of text) {
    if (/[[<(]/.test(char)) depth += 1;
    if (/[\]>)]/.test(char)) depth -= 1;
    if (char === "|" && depth === 0) {
      parts.push(part);
      part = "";
    } else part += char;
  }
  return [...parts, part];
}

/** Best first: what begins with the typed letters, then what contains them. */
function matching<T>(all: T[], typed: string, name: (item: T) => string): T[] {
  const wanted = typed.toLowerCase();
  const begins = all.filter((item) => name(item).toLowerCase().startsWith(wanted));
  const contains = all.filter(
    (item) => !begins.includes(item) && name(item).toLowerCase().includes(wanted),
  );
  return [...begins.sort((a, b) => name(a).length - name(b).length), ...contains];
}

function commandCompletion(typed: string, commands: Command[]): Completion | undefined {
  const inOrder =
    typed === "/" ? commands : matching(commands, typed.slice(1), (c) => c.command.slice(1));
  const items = inOrder.map((command) => ({
    insert: `${command.command} `,
    label: command.command,
    about: command.description,
    hint: command.usage_hint,
  }));
  return items.length > 0 ? { from: 0, to: typed.length, items, eager: true } : undefined;
}

function verbCompletion(before: string, commands: Command[]): Completion | undefined {
  const [, name, typed] = /^(\/\S+)\s+(\S*)$/.exec(before) ?? [];
  const command = commands.find((known) => known.command === name?.toLowerCase());
  if (!command || typed === undefined) return undefined;
  const wanted = typed.toLowerCase();
  const items = verbsOf(command.usage_hint)
    .filter(({ verb }) => verb.toLowerCase().startsWith(wanted))
    .map(({ verb, rest }) => ({ insert: `${verb} `, label: verb, about: rest, hint: "" }));
  if (items.length === 0) return undefined;
  return { from: before.length - typed.length, to: before.length, items, eager: typed !== "" };
}

/** A name after an `@` that begins a word. */
function mentionCompletion(text: string, people: Person[]): Completion | undefined {
  const typed = /(?:^|\s)@([\p{L}\p{N}._-]*)$/u.exec(text)?.[1];
  if (typed === undefined) return undefined;
  const items = matching(people, typed, ({ name }) => name).map(({ name, about }) => ({
    insert: `@${name} `,
    label: `@${name}`,
    about,
    hint: "",
  }));
  const from = text.length - typed.length - 1;
  return items.length > 0 ? { from, to: text.length, items, eager: true } : undefined;
}

/** What can be completed at the end of the text being typed, or undefined when nothing can. */
export function completionAt(text: string, { commands, people }: Sources): Completion | undefined {
  const mention = mentionCompletion(text, people);
  if (mention || !text.startsWith("/")) return mention;
  return /^\/\S*$/.test(text) ? commandCompletion(text, commands) : verbCompletion(text, commands);
}

/** True when picking this suggestion would change nothing but a space: then Enter sends instead. */
export function isComplete(text: string, completion: Completion, picked: Suggestion): boolean {
  const typed = text.slice(completion.from, completion.to);
  return typed.toLowerCase() === picked.insert.trim().toLowerCase();
}

/** The text after a suggestion was picked. */
export function accept(text: string, completion: Completion, picked: Suggestion): string {
  return text.slice(0, completion.from) + picked.insert + text.slice(completion.to);
}

/** The usage line to show while a known command is being typed. */
export function usageFor(text: string, commands: Command[]): string | undefined {
  const [, name, verb] = /^(\/\S+)(?:\s+(\S+))?/.exec(text) ?? [];
  const command = commands.find((known) => known.command === name?.toLowerCase());
  if (!command || !text.includes(" ")) return undefined;
  const known = verbsOf(command.usage_hint).find((one) => one.verb === verb?.toLowerCase());
  const usage = known
    ? [command.command, known.verb, known.rest]
    : [command.command, command.usage_hint];
  return usage.filter(Boolean).join(" ");
}
