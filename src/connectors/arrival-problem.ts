import type { Connection } from "#domain/connection.ts";
import type { SignInAgain, Unavailable } from "#domain/errors.ts";
import type { CredentialField } from "./auth/auth.ts";
import { TokenRefused } from "./auth/token-endpoint.ts";

const again = "Nothing was changed; try again, or ask for a new link in Slack.";

/** What the tool sent the browser back with, where that is no code. */
export function deniedBy(
  title: string,
  { error, code }: Readonly<Record<string, string>>,
): string | null {
  if (error === "access_denied") return `You did not let Tieline into ${title}. ${again}`;
  if (error !== undefined) return `${title} could not sign you in${inWords(error)}. ${again}`;
  return code ? null : `${title} sent you back without saying why. ${again}`;
}

/** Why the tool did not take its own code back. */
export function refusedBy(title: string, error: SignInAgain, redirect: string): string {
  const code = error instanceof TokenRefused ? error.code : "";
  if (code === "invalid_client" || code === "unauthorized_client")
    return `${title} does not know the app by this client id and secret. Nothing was changed; try again with the right ones.`;
  return `${title} refused to finish the sign-in${inWords(code)}. Nothing was changed; try again, and see to it that the app there allows the redirect address ${redirect}.`;
}

export const brokenOff = (title: string, { message }: Unavailable): string =>
  `The sign-in service of ${title} does not work just now: ${message}. ${again}`;

/** What a sign-in did not bring. */
export function lackOf(
  title: string,
  missing: CredentialField | undefined,
  lacking: readonly string[],
): string | null {
  if (lacking.length > 0)
    return `${title} did not grant ${lacking.join(", ")}. Nothing was changed; try again and leave every permission ticked, or add it to the app there.`;
  if (missing !== undefined)
    return `${title} gave no ${missing.label.toLowerCase()}. Nothing was changed; remove Tieline from the apps of your account there, then try again.`;
  return null;
}

/** Whether the sign-in is for another account than the connection's. */
export function strangerIn(
  title: string,
  { name, settings }: Connection,
  brought: Readonly<Record<string, string>>,
): string | null {
  const blank = Object.entries(brought).find(([, value]) => !/^[\w.@:-]{1,200}$/.test(value));
  if (blank !== undefined) return `${title} did not say which ${blank[0]} it is. ${again}`;
  const other = Object.entries(brought).find(
    ([setting, value]) => settings[setting] && settings[setting] !== value,
  );
  if (other === undefined) return null;
  const [setting, value] = other;
  return `You signed in to ${value}, but ${name} is for ${settings[setting] ?? ""} (${setting}). Nothing was changed; try again and choose that one, or add another connection for ${value}.`;
}

/** Of what comes by way of the browser only a word is said back. */
const inWords = (code: string): string => (/^[\w-]{1,60}$/.test(code) ? ` (${code})` : "");
