import type { SecretSource } from "#domain/connection.ts";
import { connectionName } from "#domain/ids.ts";
import { resolveSecret, type SecretPlaces } from "./secret-sources.ts";

/** Whether the value a reference points to is there; the value itself goes no further. */
export const givenIn =
  (places: SecretPlaces) =>
  (source: Exclude<SecretSource, { kind: "kept" }>): Promise<boolean> =>
    resolveSecret(
      {
        name: connectionName("any"),
        connector: "any",
        baseUrl: null,
        settings: {},
        credential: { value: source },
        owner: null,
        events: [],
      },
      null,
      places,
    ).then(
      () => true,
      () => false,
    );
