import { roles } from "#domain/actor.ts";
import type { Param } from "./command.ts";

/** The word as this kind of argument, or undefined where it is no such thing. */
export function recognise(word: string, { takes, label }: Param): string | undefined {
  switch (takes) {
    case "flag":
      return word.replace(/^-+/, "").toLowerCase() === label ? label : undefined;
    case "channel":
      return /^<#([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(word)?.[1] ?? /^#[^\s#]+$/.exec(word)?.[0];
    case "time":
      return time(word);
    case "zone":
      return zone(word);
    case "subject":
      return /^<(?:@|!subteam\^)([UWS][A-Z0-9]+)(?:\|[^>]*)?>$/.exec(word)?.[1];
    case "role":
      return [...roles, "none"].find((role) => role === word.toLowerCase());
    case "name":
      // Flows, connections and ids are all in small letters; a telephone's keyboard is not.
      return word.toLowerCase();
    case "rest":
      return undefined;
    default:
      return takes satisfies never;
  }
}

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
