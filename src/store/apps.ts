import type { AppPlace, Apps, Client } from "#domain/ports/sign-in.ts";
import { eq } from "./drizzle.ts";
import type { Database } from "./handle.ts";
import { SealBroken, type Sealing } from "./sealing.ts";
import { apps } from "./tables/apps.ts";
import { only } from "./written.ts";

export const appsIn = ({ orm }: Database, sealing: Sealing): Apps => ({
  async keep(at, { id, secret }) {
    const place = placeText(at);
    const client = sealing.seal(JSON.stringify({ id, secret }), sealedAt(place));
    only(
      await orm
        .insert(apps)
        .values({ place, client })
        .onConflictDoUpdate({ target: apps.place, set: { client } })
        .returning({ place: apps.place }),
      "app",
    );
  },

  async find(at) {
    const place = placeText(at);
    const [row] = await orm.select().from(apps).where(eq(apps.place, place));
    return row && opened(sealing, row.client, place);
  },
});

/** One that cannot be opened any more is asked for once more. */
function opened(sealing: Sealing, client: string, place: string): Client | undefined {
  try {
    return JSON.parse(sealing.open(client, sealedAt(place))) as Client;
  } catch (error) {
    if (error instanceof SealBroken) return undefined;
    throw error;
  }
}

const sealedAt = (row: string) => ({ table: "apps", row, field: "client" });

/** A client given for one place is never sent to another. */
const placeText = ({ connector, baseUrl }: AppPlace): string =>
  `${connector} ${baseUrl === null ? "" : new URL(baseUrl).origin}`;
