import type { Connection, Secret } from "#domain/connection.ts";
import { SignInAgain } from "#domain/errors.ts";
import type { Vault } from "#domain/ports/tools.ts";
import type { Clock } from "#domain/ports/world.ts";
import { addressOf, spokenIn } from "../auth/address.ts";
import type { Signing } from "../auth/auth.ts";
import type { Auth } from "../auth/index.ts";
import { askTokenEndpoint } from "../auth/token-endpoint.ts";
import type { Egress } from "../egress.ts";
import type { Prepared } from "./prepare.ts";

/** A request that says who asks. */
export type Signed = {
  url: string;
  headers: Record<string, string>;
  /** What it says that nobody may hear. */
  spoken: readonly string[];
  /** The credential it was made from. */
  secret: Secret;
};

type Signable = Pick<Prepared, "host" | "path" | "headers" | "body" | "id">;

/** The credential should say where the tool is, and does not. */
export class NoAddress extends SignInAgain {}

export type Session = {
  /** Puts the newest credential on a request. */
  sign(request: Signable, signal: AbortSignal): Promise<Signed>;
  /** The host that the credential itself leads to; null where it leads nowhere. */
  place(signal: AbortSignal): Promise<string | null>;
  /**
   * The tool refused this credential: a fresh one is made, unless somebody made one meanwhile, which is found.
   * Null where there is none.
   */
  refused(seen: Secret, signal: AbortSignal): Promise<"made" | "found" | null>;
};

/**
 * Signs the requests of one connection. `addresses`: where each of the tool's hosts is for it, where its
 * sign-in is, and what is wrong where only the credential can say where the tool is (null where it need
 * not). The credential is read each time; only the vault keeps it.
 */
export function openSession(
  connection: Connection,
  auth: Auth,
  addresses: {
    of(host: string | null): string;
    signIn(url: string): string;
    unsaid: string | null;
  },
  { vault, clock, egress }: { vault: Vault; clock: Clock; egress: Egress },
): Session {
  const at = addresses.signIn;

  async function renew(seen: Secret, signal: AbortSignal) {
    let how: "made" | "found" = "found";
    const fresh = await vault.renew(connection.name, seen, (newest, grip) => {
      // Somebody else may have been quicker, even where the vault did not see it.
      if (auth.renew === null || newest["access_token"] !== seen["access_token"])
        return Promise.resolve(null);
      how = "made";
      return auth.renew(newest, {
        ask: askTokenEndpoint(egress, signal, grip),
        now: clock.now(),
        at,
      });
    });
    return { fresh, how };
  }

  const signature = async (request: Signing, signal: AbortSignal) => {
    const kept = await vault.read(connection.name);
    const signed = auth.sign(kept, clock.now(), request);
    if (signed !== null) return { signed, secret: kept };
    const { fresh } = await renew(kept, signal);
    // Just made, it is used however short it lasts.
    return { signed: auth.sign(fresh, beginning, request), secret: fresh };
  };

  return {
    async sign({ path, headers, host, body, id = null }, signal) {
      const { signed, secret } = await signature({ host, body, id }, signal);
      if (signed === null) throw new TypeError(`${connection.connector} signs nothing it renewed`);
      if (host === null && signed.leads === null && addresses.unsaid !== null)
        throw new NoAddress(addresses.unsaid);
      return {
        url: addressOf(
          addresses.of(host),
          path,
          host === null ? signed : { ...signed, leads: null },
        ),
        headers: { ...headers, ...signed.headers },
        spoken: spokenIn(signed),
        secret,
      };
    },
    async place(signal) {
      const { signed } = await signature({ host: null, id: null, body: null }, signal);
      return signed?.leads == null ? null : new URL(signed.leads.url).host;
    },
    async refused(seen, signal) {
      if (auth.renew === null) return null;
      const { fresh, how } = await renew(seen, signal);
      return fresh["access_token"] === seen["access_token"] ? null : how;
    },
  };
}

const beginning = Temporal.Instant.fromEpochMilliseconds(0);
