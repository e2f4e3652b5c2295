import type { Collection } from "../../../collection.ts";
import type { Answer, Request } from "../../http.ts";
import type { SignIn } from "../../sign-in.ts";
import { authenticationFailed, authorizationFailed } from "../gateway-errors.ts";
import { ACCOUNTING, REALM } from "./sign-in.ts";

/** Accepted until everything is revoked, for a credential that is only a token. */
export const LASTING_TOKEN = "eyJsimulated.quickbooks.long-lived-access-token";

export type Access = {
  /** The answer that refuses; undefined for who may work in the company of the path. */
  refusal(request: Request): Answer | undefined;
  /** Ends every token, or lets the lasting one work again. */
  revoked(on: boolean): void;
};

export function openAccess(signIn: SignIn, switches: Collection<boolean>): Access {
  const scopesOf = (token: string): readonly string[] | undefined => {
    if (token === LASTING_TOKEN) return switches.get("revoked") === true ? undefined : [ACCOUNTING];
    const standing = signIn.standing(token);
    return typeof standing === "string" ? undefined : standing.scopes;
  };
  return {
    refusal({ path, headers: { authorization = "" } }) {
      const scopes = scopesOf(authorization.replace(/^Bearer /, ""));
      if (scopes === undefined) return authenticationFailed();
      const [, , , realm] = path.split("/");
      const permitted = realm === REALM && scopes.includes(ACCOUNTING);
      return permitted ? undefined : authorizationFailed();
    },
    revoked(on) {
      if (on) signIn.revokeAll();
      switches.set("revoked", on);
    },
  };
}
