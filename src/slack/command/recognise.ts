import { roles } from "#domain/actor.ts";
import type { Param, Takes } from "./command.ts";

type Recogniser = (word: string, label: string) => string | undefined;

const recognisers: Readonly<Record<Takes, Recogniser>> = {
  flag: (word, label) => (word.replace(/^-+/, "").toLowerCase() === label ? label : undefined),
  channel: (word) => /^<#([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(word)?.[1] ?? /^#[^\s#]+$/.exec(word)?.[0],
  time,
  zone,
  subject: (word) => /^<(?:@|!subteam\^)([UWS][A-Z0-9]+)(?:\|[^>]*)?>$/.exec(word)?.[1],
  role: (word) => [...roles, "none"].find((role) => role === word.toLowerCase()),
  // Flows, connections and ids are all in small letters; a telephone's keyboard is not.
  name: (word) => word.toLowerCase(),
  rest: () => undefined,
};

/** The word as this kind of argument, or undefined where it is no such thing. */
export const recognise = (word: string, { takes, label }: Param): string | undefined =>
  recognisers[takes](word, label);

/** "8:30", "0830", "8h30" as "08:30". */
function time(word: string): string | undefined {
  const [, hour, minute] = /^(\d{1,2})[:h.]?(\d{2})$/.exec(word.toLowerCase()) ?? [];
  if (hour === undefined || minute === undefined) return undefined;
  return Number(hour) < 24 && Number(minute) < 60
    ? `${hour.padStart(2, "0")}:${minute}`
    : undefined;
}

function zone(word: string): string | undefined {
  if (!/^utc$|\//i.test(word)) return undefined;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: word }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
