import type { Connection, Secret } from "../connection.ts";
import type { ConnectionName } from "../ids.ts";

/** An app as it is registered with a tool: what signs people in through their browser. */
export type Client = { id: string; secret: string };

/** What a tool has to be asked for a person's sign-in, and its answer checked against. */
export type Trip = {
  /** One of the connector's ways of signing in. */
  way: string;
  /** Where the tool sends the browser back to. */
  redirect: string;
  /** Null: the one that is known. */
  client: Client | null;
  state: string;
  verifier: string;
};

/** What came of a sign-in. `problem` is a sentence that says what to do; nothing is kept then. */
export type Arrival =
  | {
      ok: true;
      secret: Secret;
      expires: Temporal.Instant | null;
      /** What came back with the code and belongs to the connection: QuickBooks' realm. */
      settings: Readonly<Record<string, string>>;
    }
  | { ok: false; problem: string };

/** Signing in to tools through a person's browser, and ending that again. */
export type Doors = {
  /** Whether the app's client is known, so that nobody has to be asked for it. */
  knowsClient(connection: Connection): Promise<boolean>;
  /** The tool's own page on which the person consents. @throws Mistake where the client is not known */
  consentAt(connection: Connection, trip: Trip): Promise<string>;
  /** `answered`: the query the tool sent the browser back with. Systemic errors are thrown. */
  arrive(
    connection: Connection,
    trip: Trip,
    answered: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Arrival>;
  /**
   * Takes the credential in hand, to end it at the tool once it is forgotten here; undefined where the
   * tool cannot, or there is none. What is returned never throws: false when it did not work.
   */
  revoking(
    connection: Connection,
  ): Promise<((signal: AbortSignal) => Promise<boolean>) | undefined>;
};

/** A sign-in that is under way in a browser. */
export type Begun = {
  connection: ConnectionName;
  connector: string;
  way: string;
  /** Who asked for it in Slack, and in which workspace. */
  user: string;
  team: string;
  redirect: string;
  client: Client | null;
};

/** Sign-ins under way. Only hashes of state and browser are kept, and the rest that is secret sealed. */
export type SignIns = {
  /**
   * `invitation`: the token of the one-time page it was begun on. `browser`: the mark this browser has
   * already, or null. The state is good once, until it expires.
   */
  begin(
    begun: Begun,
    about: { invitation: string; browser: string | null; expires: Temporal.Instant },
  ): Promise<{ state: string; verifier: string; browser: string }>;
  /**
   * Uses the state up, and with it all that was begun on the same page; undefined when it was used or
   * has expired. `sameBrowser`: whether it comes back to where it was begun.
   */
  take(
    state: string,
    browser: string | null,
    at: Temporal.Instant,
  ): Promise<(Begun & { verifier: string; sameBrowser: boolean; page: string }) | undefined>;
  /** It worked: the one-time page it was begun on (as `take` named it) opens no more. */
  done(page: string): Promise<void>;
};

/** Clients of apps, kept sealed: one a connector and place it signs in at. */
export type Apps = {
  keep(place: AppPlace, client: Client): Promise<void>;
  find(place: AppPlace): Promise<Client | undefined>;
};
export type AppPlace = { connector: string; baseUrl: string | null };
