import type { Request } from "../http.ts";
import type { SignIn } from "../sign-in.ts";

/** Whoever calls: a person's own token, or an app that a person has let in. */
export type Account = { kind: "person" | "app"; scopes: readonly string[] };

export const PERSONAL_TOKEN = `patSimulated0001.${"5eed".repeat(16)}`;

/** What a connector needs; with it, what an app may ask for besides. */
export const NEEDED = ["data.records:read", "data.records:write", "schema.bases:read", "webhook:manage"]; // prettier-ignore
export const SCOPES = [...NEEDED, "data.recordComments:read", "data.recordComments:write", "schema.bases:write", "user.email:read"]; // prettier-ignore

/** Null for a token that is missing, made up, revoked or over: Airtable says the same of all four. */
export function accountOf(request: Request, signIn: SignIn): Account | null {
  const [, token] = /^Bearer (.+)$/.exec(request.headers.authorization ?? "") ?? [];
  if (token === undefined) return null;
  if (token === PERSONAL_TOKEN) return { kind: "person", scopes: NEEDED };
  const standing = signIn.standing(token);
  return typeof standing === "string" ? null : { kind: "app", scopes: standing.scopes };
}
