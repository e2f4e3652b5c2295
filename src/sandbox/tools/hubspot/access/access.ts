import type { Answer, Request } from "../../http.ts";
import type { SignIn } from "../../sign-in.ts";
import type { Collection } from "../../../collection.ts";
import { expiredToken, missingScopes, wrongToken } from "../errors.ts";
import { scopes } from "./scopes.ts";

/** The portal's service key, which may do everything that is here. */
export const SERVICE_KEY = "pat-na1-5a4d0b6e-0000-4000-8000-simulated001";

export type Caller = { kind: "service_key" | "app"; scopes: readonly string[] };

export type Access = {
  /** Who asks; the answer that refuses where it is nobody. */
  caller(request: Request): Caller | Answer;
  /** Throws HubSpot's 403 unless the caller has one of these scopes. */
  need(request: Request, anyOf: readonly string[]): void;
  /** Ends every token and the service key, or lets the key work again. */
  revoked(on: boolean): void;
};

/** Who may do what: the service key, and apps that were signed in. */
export function openAccess(signIn: SignIn, switches: Collection<boolean>): Access {
  const self: Access = {
    caller({ headers: { authorization = "" } }) {
      const token = authorization.replace(/^Bearer /, "");
      if (token === authorization) return wrongToken();
      if (token === SERVICE_KEY) {
        return switches.get("revoked") === true ? wrongToken() : { kind: "service_key", scopes };
      }
      const standing = signIn.standing(token);
      if (standing === "unknown") return wrongToken();
      if (standing === "expired") return expiredToken();
      return { kind: "app", scopes: standing.scopes };
    },
    need(request, anyOf) {
      const caller = self.caller(request);
      const has = "kind" in caller ? caller.scopes : [];
      if (!anyOf.some((scope) => has.includes(scope))) throw missingScopes(anyOf);
    },
    revoked(on) {
      if (on) signIn.revokeAll();
      switches.set("revoked", on);
    },
  };
  return self;
}
