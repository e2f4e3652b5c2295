import type { EventType } from "./event.ts";
import type { ConnectionName } from "./ids.ts";

/** Where one value of a credential comes from; never the value itself. */
export type SecretSource =
  | { kind: "env"; name: string }
  | { kind: "file"; name: string }
  /** Given on the one-time page and kept encrypted in our store. */
  | { kind: "kept" };

export type Connection = {
  name: ConnectionName;
  /** The connector's name: `hubspot`. */
  connector: string;
  /** Instead of the manifest's own: a sandbox, a proxy, an installation of one's own. */
  baseUrl: string | null;
  settings: Readonly<Record<string, string>>;
  credential: Readonly<Record<string, SecretSource>>;
  owner: string | null;
  /** What happens here and it is told of. */
  events: readonly EventType[];
};

/** The values themselves. Never logged, never shown, never stored unencrypted. */
export type Secret = Readonly<Record<string, string>>;

/**
 * A credential as a tool gave it. `expires` is when somebody will have to sign in again; null where the
 * tool does not say, or it never ends.
 */
export type Renewed = { secret: Secret; expires: Temporal.Instant | null };
