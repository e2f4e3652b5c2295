import type { Incoming } from "#connectors/egress.ts";
import type { Secret } from "#domain/connection.ts";
import { answer } from "./answers.ts";

/** A tool's sign-in service: access tokens that end, and refresh tokens that are good once. */
export type SignIn = {
  takes(authorization: string | undefined): boolean;
  renew(body: unknown): Incoming;
  /** The access token ends early. */
  expire(): void;
  /** Whoever is signed in is not any more. */
  revoke(): void;
  /** Whether nobody is signed in any more. */
  isOver(): boolean;
  /** A person signs in. */
  again(): Secret;
  /** Refresh tokens that came a second time. */
  reused: string[];
};

export function makeSignIn(tool: string): SignIn {
  let count = 0;
  let access = "";
  let refresh = "";
  const used = new Set<string>();
  const fresh = () => {
    count += 1;
    access = `access-${tool}-${String(count)}`;
    refresh = `refresh-${tool}-${String(count)}`;
  };
  const reused: string[] = [];
  const refused = () => answer(400, { error: "invalid_grant" });
  return {
    reused,
    takes: (authorization) => access !== "" && authorization === `Bearer ${access}`,
    renew(body) {
      const { refresh_token: given = "" } = body as { refresh_token?: string };
      if (used.has(given)) {
        // Whoever uses one twice may have stolen it: the whole family ends.
        reused.push(given);
        access = refresh = "";
        return refused();
      }
      if (given !== refresh) return refused();
      used.add(given);
      fresh();
      return answer(200, { access_token: access, refresh_token: refresh, expires_in: 1800 });
    },
    expire() {
      access = "ended";
    },
    revoke() {
      access = refresh = "";
    },
    isOver: () => refresh === "",
    again() {
      fresh();
      return { client_id: "ours", client_secret: "secret-of-ours", access_token: access, refresh_token: refresh }; // prettier-ignore
    },
  };
}
