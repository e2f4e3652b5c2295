import { pino } from "pino";
import type { Log } from "#domain/ports/world.ts";

/** What secrets look like, wherever they turn up; and what says something about a person. */
const telltale: readonly [RegExp, string][] = [
  [/\b(?:xox[a-z]-|xapp-|pat-[a-z]{2}\d-|[sr]k_(?:live|test)_|RT1-|eyJ)[\w.-]{6,}/g, "[secret]"],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, "$1 [secret]"],
  [/([?&](?:token|key|secret|code|state|refresh_token|access_token)=)[^&\s"]+/gi, "$1[secret]"],
  [/(\/connect#)[\w-]{20,}/g, "$1[secret]"],
  [/(\/hooks\/)[\w-]{43}/g, "$1[secret]"],
  [/(\b[a-z]+:\/\/[^:@/\s]+:)[^@\s]+@/g, "$1[secret]@"],
  // What a statement was given: records, most of the time.
  [/(\bparams: )[^]*?(?=\n {4}at |$)/g, "$1[left out]"],
  [/[\p{L}\p{N}._%+'-]{1,64}(?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, "[e-mail]"],
  [/\+\d[\d\s().-]{5,20}\d/g, "[phone]"],
];

/** Members that carry a credential or a record, whatever they are part of. */
const telling =
  /authorization|cookie|password|secret|token|credential|headers|^(body|fields|raw)$/i;

const longest = 4000;
const deepest = 4;

const unspoken = new Set<string>();

/** From now on no log of this process tells these values: credentials of the tools, as they are read. */
export function neverTell(values: Iterable<string>): void {
  for (const value of values) {
    // The newest last; of tokens renewed every hour the oldest are dead.
    unspoken.delete(value);
    if (value.length >= 8) unspoken.add(value);
  }
  for (const oldest of unspoken) {
    if (unspoken.size <= 200) break;
    unspoken.delete(oldest);
  }
}

/**
 * JSON lines. Whatever is told is searched for secrets by value, those we know and those that look like
 * one, and for e-mail addresses and telephone numbers; an error gives its name, message and stack, never
 * its request.
 */
export function makeLog(level: string, file: string | null, secrets: () => Iterable<string>): Log {
  const scrub = (text: string): string => {
    // More than is kept, so that no secret stands half at the end where it is not known any more.
    let clean = text.slice(0, 2 * longest);
    for (const secret of [...secrets(), ...unspoken])
      for (const form of formsOf(secret)) clean = clean.replaceAll(form, "[secret]");
    for (const [pattern, instead] of telltale) clean = clean.replace(pattern, instead);
    return clean.length > longest ? `${clean.slice(0, longest)}…` : clean;
  };
  const destination = pino.destination({
    ...(file === null ? { fd: 2 } : { dest: file, mkdir: true, mode: 0o600 }),
    sync: false,
  });
  const out = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line: string) => void destination.write(`${harmless(line.trimEnd())}\n`) },
  );
  const told = (about: Record<string, unknown> = {}): Record<string, unknown> =>
    Object.fromEntries(membersOf(about, scrub, 0));
  return {
    info: (message, about) => out.info(told(about), scrub(message)),
    warn: (message, about) => out.warn(told(about), scrub(message)),
    error: (message, about) => out.error(told(about), scrub(message)),
  };
}

/** As it is, and as it would stand in an address, a header or another JSON text. */
function formsOf(secret: string): readonly string[] {
  if (secret.length <= 5) return [];
  const base64 = Buffer.from(secret).toString("base64");
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), base64];
}

type Scrub = (text: string) => string;

/** Data and nothing else: no `toJSON` is asked, and there is an end to it. */
function plain(value: unknown, scrub: Scrub, depth = 0): unknown {
  if (typeof value === "string") return scrub(value);
  if (typeof value !== "object" || value === null)
    return typeof value === "bigint" || typeof value === "function" ? typeof value : value;
  if (depth >= deepest) return "[left out]";
  if (value instanceof Error) return errorIn(value, scrub, depth);
  if (Array.isArray(value)) return value.slice(0, 50).map((one) => plain(one, scrub, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype) return scrub(String(value));
  return Object.fromEntries(membersOf(value, scrub, depth + 1));
}

const membersOf = (value: object, scrub: Scrub, depth: number): [string, unknown][] =>
  Object.entries(value).map(([name, member]) => [
    scrub(name),
    telling.test(name) ? "[left out]" : plain(member, scrub, depth),
  ]);

function errorIn({ name, message, stack, cause }: Error, scrub: Scrub, depth: number): unknown {
  const because = cause instanceof Error ? { cause: plain(cause, scrub, depth + 1) } : {};
  return { name: scrub(name), message: scrub(message), stack: scrub(stack ?? ""), ...because };
}

/** JSON lets through some characters that end a line or steer a terminal. */
const harmless = (line: string): string =>
  line.replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
