import type { Connection } from "#domain/connection.ts";
import {
  MappingBroken,
  NotPermitted,
  RetryLater,
  SignInAgain,
  type Systemic,
  Unavailable,
} from "#domain/errors.ts";
import { NotAsked } from "./egress/no-answer.ts";
import type { Manifest } from "./manifest/manifest.ts";

/** What is looked at. */
export type About = { connection: Connection; manifest: Manifest };

/** Why a connection does not work, and what to do about it. */
export function problemOf(error: Systemic, about: About): string {
  const said = asSentence(error.message);
  return `${said} ${whatToDo(error, about)}`.trimEnd();
}

function whatToDo(error: Systemic, about: About): string {
  const { connection, manifest } = about;
  if (error instanceof SignInAgain)
    return `Reconnect ${connection.name} with a credential that works.`;
  if (error instanceof NotPermitted)
    return `Reconnect ${connection.name} with a credential of the right account.${settingsHint(about)}`;
  if (error instanceof MappingBroken) return settingsHint(about).trimStart();
  if (error instanceof RetryLater) return `Check again in ${seconds(error.waitMs)}.`;
  if (!(error instanceof Unavailable)) return "";
  if (error.cause instanceof NotAsked)
    return `The address of ${connection.name} leads inside: give it one on the public internet, or have whoever hosts Tieline allow it with TIELINE_ALLOW.`;
  return connection.baseUrl === null
    ? `That is on the way to ${manifest.title} or there; check again in a while.`
    : `Is its base address right? If so, check again in a while.`;
}

/** Null when nothing that is needed is missing, as far as the tool tells. */
export function scopesProblem(
  needed: readonly string[],
  has: readonly string[] | null,
  { connection, manifest }: About,
): string | null {
  const missing = has === null ? [] : needed.filter((scope) => !has.includes(scope));
  if (missing.length === 0) return null;
  return `${manifest.title} does not give ${connection.name} ${listed(missing)}. Add that to the app or the key there, then reconnect ${connection.name}.`;
}

/** Null when all objects could be read. */
export function deniedProblem(
  denied: readonly { object: string; denied: string }[],
  needed: readonly string[],
  about: About,
): string | null {
  const [first] = denied;
  if (first === undefined) return null;
  const { connection } = about;
  const objects = listed(denied.map(({ object }) => object));
  const scopes = needed.length === 0 ? "the right to read them" : `all of ${listed(needed)}`;
  return `${connection.name} may not read ${objects}. ${first.denied} Give it ${scopes} there, then reconnect ${connection.name}.`;
}

/** A deleted audience or another company's number is refused in each tool's own words. */
function settingsHint({ connection, manifest }: About): string {
  const given = Object.entries(manifest.settings).filter(
    ([name, { optional }]) => !optional && connection.settings[name],
  );
  const values = given.map(
    ([name, { label }]) => `${label} (${name}) “${connection.settings[name] ?? ""}”`,
  );
  return values.length === 0 ? "" : ` If ${listed(values)} is not right, correct it.`;
}

/** A tool's sentence ends with a full stop. */
export const asSentence = (text: string): string =>
  /[.!?…]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;

const seconds = (ms: number): string =>
  ms < 120_000 ? `${Math.ceil(ms / 1000)} seconds` : `${Math.ceil(ms / 60_000)} minutes`;
