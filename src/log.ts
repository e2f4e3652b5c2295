import { pino } from "pino";
import type { Log } from "#domain/ports/world.ts";

/** What secrets look like, wherever they turn up; and what says something about a person. */
const telltale: readonly [RegExp, string][] = [
  [/\b(?:xox[a-z]-|xapp-|pat-[a-z]{2}\d-|sk_live_|RT1-|eyJ)[\w.-]{6,}/g, "[secret]"],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, "$1 [secret]"],
  [/([?&](?:token|key|secret|code|state|refresh_token|access_token)=)[^&\s"]+/gi, "$1[secret]"],
  [/(postgres(?:ql)?:\/\/[^:@/\s]+:)[^@\s]+@/g, "$1[secret]@"],
  [/[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, "[e-mail]"],
];

/**
 * JSON lines. Whatever is told is searched for secrets by value, those we know and those that look like
 * one, and for e-mail addresses; an error gives its name, message and stack, never its request.
 */
export function makeLog(level: string, file: string | null, secrets: () => Iterable<string>): Log {
  const scrub = (text: string): string => {
    let clean = text;
    for (const secret of secrets())
      if (secret.length > 5) clean = clean.replaceAll(secret, "[secret]");
    return telltale.reduce((kept, [pattern, instead]) => kept.replace(pattern, instead), clean);
  };
  const destination = pino.destination({
    ...(file === null ? { fd: 2 } : { dest: file, mkdir: true }),
    sync: false,
  });
  const out = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    {
      write: (line: string) => void destination.write(`${scrub(line.trimEnd())}\n`),
    },
  );
  const told = (about: Record<string, unknown> = {}): Record<string, unknown> =>
    Object.fromEntries(Object.entries(about).map(([name, value]) => [name, plain(value)]));
  return {
    info: (message, about) => out.info(told(about), message),
    warn: (message, about) => out.warn(told(about), message),
    error: (message, about) => out.error(told(about), message),
  };
}

function plain(value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const cause = value.cause === undefined ? {} : { cause: plain(value.cause) };
  return { name: value.name, message: value.message, stack: value.stack, ...cause };
}
