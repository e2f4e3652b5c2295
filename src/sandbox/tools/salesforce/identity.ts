import { type Answer, json, type Request, type Route } from "../http.ts";
import { provesClient } from "../sign-in.ts";
import { CLIENT_ID, CLIENT_SECRET, type ConnectedApp, invalidClient } from "./connected-app.ts";
import { INTEGRATION_USER, INTEGRATION_USERNAME, ORGANISATION } from "./people.ts";

const IDENTIFYING = ["api", "full", "id", "openid", "profile"];

/** Who is connected: userinfo, the identity URL, and what a token stands for. */
export function identityRoutes(app: ConnectedApp): Route[] {
  const known = (request: Request, body: (origin: string) => object): Answer => {
    const token = tokenOf(request) ?? request.query.get("oauth_token");
    if (token === null) return plain(403, "Missing_OAuth_Token");
    const standing = app.scopesOf(token);
    if (typeof standing === "string") return plain(403, "Bad_OAuth_Token");
    if (!standing.scopes.some((scope) => IDENTIFYING.includes(scope)))
      return plain(403, "Insufficient_Scope");
    return json(200, body(request.origin));
  };
  const userinfo = (request: Request) => known(request, whole);
  return [
    { method: "GET", path: "/services/oauth2/userinfo", handle: userinfo },
    { method: "POST", path: "/services/oauth2/userinfo", handle: userinfo },
    {
      method: "GET",
      path: "/id/:organisation/:user",
      handle(request) {
        if (request.params["organisation"] !== ORGANISATION) return plain(403, "Wrong_Org");
        if (request.params["user"] !== INTEGRATION_USER) return plain(404, "Bad_Id");
        return known(request, (origin) => ({
          ...whole(origin),
          id: identityUrl(origin),
          asserted_user: true,
          username: INTEGRATION_USERNAME,
          display_name: "Integration User",
        }));
      },
    },
    {
      method: "POST",
      path: "/services/oauth2/introspect",
      handle(request) {
        const form = new URLSearchParams(request.body);
        const client = { client: "either", client_id: CLIENT_ID, client_secret: CLIENT_SECRET } as const; // prettier-ignore
        if (!provesClient(request, form, client)) return { ...invalidClient(), status: 401 };
        const standing = app.scopesOf(form.get("token") ?? "");
        if (typeof standing === "string") return json(200, { active: false });
        const { scopes, ends } = standing;
        return json(200, {
          active: true,
          scope: scopes.join(" "),
          client_id: CLIENT_ID,
          username: INTEGRATION_USERNAME,
          sub: identityUrl(request.origin),
          token_type: "access_token",
          ...(ends !== null && { exp: Math.floor(ends / 1000) }),
        });
      },
    },
  ];
}

/** `Bearer …`, or `OAuth …` as older clients write it. */
export function tokenOf({ headers }: Request): string | null {
  return /^(?:Bearer|OAuth) (.+)$/i.exec(headers.authorization ?? "")?.[1] ?? null;
}

export const identityUrl = (origin: string): string =>
  `${origin}/id/${ORGANISATION}/${INTEGRATION_USER}`;

const plain = (status: number, body: string): Answer => ({
  status,
  headers: { "content-type": "text/html;charset=UTF-8" },
  body,
});

const whole = (origin: string) => ({
  sub: identityUrl(origin),
  user_id: INTEGRATION_USER,
  organization_id: ORGANISATION,
  preferred_username: INTEGRATION_USERNAME,
  nickname: "integration",
  name: "Integration User",
  email: INTEGRATION_USERNAME,
  email_verified: true,
  given_name: "Integration",
  family_name: "User",
  zoneinfo: "Europe/Paris",
  active: true,
  user_type: "STANDARD",
  language: "en_US",
  locale: "en_GB",
  utcOffset: 3_600_000,
  urls: {
    rest: `${origin}/services/data/v{version}/`,
    sobjects: `${origin}/services/data/v{version}/sobjects/`,
    query: `${origin}/services/data/v{version}/query/`,
    profile: `${origin}/${INTEGRATION_USER}`,
  },
});
