import type { Renewed, Secret } from "#domain/connection.ts";
import { Unavailable } from "#domain/errors.ts";
import { getAt, textOf } from "../json/path.ts";
import type { TokenAnswer } from "./auth.ts";
import { jwtEnds } from "./jwt.ts";
import type { OAuth2Options } from "./oauth2-options.ts";
import type { TokenRules } from "./token-rules.ts";

type Rules = TokenRules & Partial<Pick<OAuth2Options, "rotates" | "sign_in_lasts">>;

/** An access token is renewed so long before it ends that no request carries one that dies on its way. */
const marginSeconds = 60;
/** Where a JWT has no exp. */
const likelySeconds = 3600;
const longestSeconds = 1e9;

/**
 * The credential after an answer with tokens: what there was, and over it access_token, refresh_token
 * where one came (a tool that sends none goes on taking the old one), `fresh_until`, `scope` with spaces
 * between, and `base`.
 */
export function readTokens(
  answer: TokenAnswer,
  before: Secret,
  rules: Rules,
  now: Temporal.Instant,
): Renewed {
  const access = textAt(answer, "access_token");
  if (access === null) throw new Unavailable("The sign-in service answered without a token");
  const refresh = textAt(answer, "refresh_token");
  const seconds = secondsOf(access, answer, rules, now);
  const scope = textAt(answer, rules.granted)?.split(rules.separator).join(" ");
  const base = rules.base === undefined ? null : baseIn(answer, rules.base);
  const { fresh_until: _old, ...kept } = before;
  return {
    secret: {
      ...kept,
      access_token: access,
      ...(refresh === null ? {} : { refresh_token: refresh }),
      ...(seconds === null ? {} : { fresh_until: later(now, seconds - margin(seconds)) }),
      scope: scope ?? kept["scope"] ?? rules.scopes.join(" "),
      ...(base === null ? {} : { base }),
    },
    expires: endOf(answer, { rules, now, seconds, replaced: refresh !== null }),
  };
}

/** A token that lasts a second is used for half of it. */
const margin = (seconds: number): number => Math.min(marginSeconds, seconds / 2);

const later = (now: Temporal.Instant, seconds: number): string =>
  now.add({ milliseconds: Math.floor(seconds * 1000) }).toString();

/** How long an access token lasts; null where nobody says. */
function secondsOf(
  token: string,
  answer: TokenAnswer,
  { lifetime }: Rules,
  now: Temporal.Instant,
): number | null {
  switch (lifetime) {
    case "unknown":
      return null;
    case "expires_in":
      return sound(Number(textAt(answer, "expires_in") ?? NaN));
    case "jwt": {
      const end = jwtEnds(token);
      return end === null ? likelySeconds : Math.max(0, end.since(now).total("seconds"));
    }
    default:
      return lifetime satisfies never;
  }
}

const sound = (seconds: number): number | null =>
  seconds >= 0 && seconds < longestSeconds ? seconds : null;

/** When somebody will have to sign in again; null where nobody says. */
function endOf(
  answer: TokenAnswer,
  about: { rules: Rules; now: Temporal.Instant; seconds: number | null; replaced: boolean },
): Temporal.Instant | null {
  const { rules, now, seconds, replaced } = about;
  if (rules.rotates === true && !replaced)
    return seconds === null ? now : now.add({ seconds: Math.floor(seconds) });
  const lasts = rules.sign_in_lasts;
  if (lasts === undefined) return null;
  if ("idle_days" in lasts) return now.add({ hours: 24 * lasts.idle_days });
  const said = lasts.at
    .map((path) => sound(Number(textAt(answer, path) ?? NaN)))
    .filter((one) => one !== null);
  return said.length === 0 ? null : now.add({ seconds: Math.floor(Math.min(...said)) });
}

/** @throws Unavailable when the answer names no web address; whether it may be asked the egress says */
function baseIn(answer: TokenAnswer, path: string): string {
  const url = URL.parse(textAt(answer, path) ?? "");
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "")
    throw new Unavailable("The sign-in service did not say where the account is");
  return url.origin;
}

function textAt(answer: TokenAnswer, path: string): string | null {
  const found = getAt(path)(answer);
  if (Array.isArray(found)) return found.map((one) => textOf(one) ?? "").join(" ");
  const text = textOf(found);
  return text === "" ? null : text;
}
