import { createHash, randomBytes } from "node:crypto";
import type { OAuth, SimulatedTool } from "#sandbox/tools/simulated-tool.ts";

export type Grant = {
  access_token: string;
  refresh_token: string;
  [more: string]: unknown;
};
export type Granted = { status: number; body: Grant; headers: Headers };

type Way = {
  scope?: string;
  /** How the token endpoint takes its parameters. */
  body: "form" | "json";
  /** False leaves out the code challenge. */
  pkce?: boolean;
};

const REDIRECT = "http://127.0.0.1:3000/oauth/callback";

/** What a person and an app do together: the consent page, Allow, and the exchange of the code. */
export async function signIn(tool: SimulatedTool, { scope, body, pkce = true }: Way) {
  const { authorize, client_id, client_secret } = doorOf(tool);
  const verifier = randomBytes(40).toString("base64url");
  const query = new URLSearchParams({
    client_id,
    redirect_uri: REDIRECT,
    response_type: "code",
    state: "s<1>",
    ...(scope !== undefined && { scope }),
    ...(pkce && {
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
    }),
  });
  const shown = await fetch(`${authorize}?${query.toString()}`);
  const href = /id="allow" href="([^"]+)"/.exec(await shown.text())?.[1] ?? "";
  const back = URL.parse(href.replaceAll("&amp;", "&"))?.searchParams;
  return {
    consent: shown.status,
    state: back?.get("state") ?? null,
    redeem: (changed: Record<string, string> = {}): Promise<Granted> =>
      grant(tool, body, {
        grant_type: "authorization_code",
        client_id,
        client_secret,
        redirect_uri: REDIRECT,
        code: back?.get("code") ?? "",
        code_verifier: verifier,
        ...changed,
      }),
  };
}

export function renew(tool: SimulatedTool, body: Way["body"], refresh_token: string) {
  const { client_id, client_secret } = doorOf(tool);
  return grant(tool, body, { grant_type: "refresh_token", client_id, client_secret, refresh_token }); // prettier-ignore
}

function doorOf({ oauth }: SimulatedTool): OAuth {
  if (oauth === null) throw new Error("Nobody signs in through this tool.");
  return oauth;
}

async function grant(
  tool: SimulatedTool,
  body: Way["body"],
  parameters: Record<string, string>,
): Promise<Granted> {
  const response = await fetch(doorOf(tool).token, {
    method: "POST",
    ...(body === "form"
      ? { body: new URLSearchParams(parameters) }
      : {
          headers: { "content-type": "application/json" },
          body: JSON.stringify(parameters),
        }),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Grant,
  };
}
