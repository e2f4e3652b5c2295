import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { signed } from "#connectors/webhooks/standard-webhooks.ts";
import { openDatabase } from "#store/database.ts";
import { sql } from "#store/drizzle.ts";
import { emptyFolder, startTieline, tieline } from "../../support/bot.ts";
import { startPostgres } from "../../support/postgres-server.ts";

/** Within what an address takes at once on the embedded database. */
const [deliveries, atATime] = [190, 20];
const secret = `whsec_${randomBytes(32).toString("base64")}`;

const workspace = `connections:
  shop:
    connector: webhook
    credential: { secret: "env:SHOP_SECRET" }
`;

/** Sends one signed event; whether it was answered with "kept". */
async function send(address: string, id: string): Promise<boolean> {
  const body = JSON.stringify({ specversion: "1.0", id, source: "/shop", type: "customer.changed", data: { id, name: "Zoë" } }); // prettier-ignore
  const timestamp = String(Math.floor(Date.now() / 1000));
  const headers = {
    "content-type": "application/cloudevents+json",
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signed(secret, { id, timestamp, body }) ?? "",
  };
  const answer = await fetch(address, { method: "POST", headers, body }).catch(() => null);
  return answer?.status === 202;
}

test.for(["embedded", "Postgres"] as const)(
  "what was answered with 202 is there after a kill, on %s",
  { timeout: 300_000 },
  async (database, { skip }) => {
    await using server = database === "Postgres" ? await startPostgres() : undefined;
    if (database === "Postgres" && server === undefined) skip("no Postgres on this machine");
    await using folder = await emptyFolder();
    const file = join(folder.path, "workspace.yaml");
    await writeFile(file, workspace);
    const env = {
      TIELINE_DIR: join(folder.path, "bot"),
      TIELINE_WORKSPACE: file,
      SHOP_SECRET: secret,
      ...(server !== undefined && { DATABASE_URL: server.url }),
    };
    const kept: string[] = [];
    for (const turn of ["first", "second"]) {
      await using bot = startTieline(["start"], env);
      await bot.printed(/Ctrl-C/);
      const { out } = await tieline(["hooks", "shop", "--renew", "--json"], env);
      const { addresses } = JSON.parse(out) as { addresses: { url: string }[] };
      const address = addresses.find(({ url }) => url.endsWith("/customers"))?.url ?? "";

      let sent = 0;
      const before = kept.length;
      let killed: Promise<unknown> | null = null;
      const one = async (): Promise<void> => {
        while (sent < deliveries && killed === null) {
          const id = `${turn}-${String((sent += 1))}`;
          if (await send(address, id)) kept.push(id);
          // In the middle of everything: others are on their way in, being stored, or being answered.
          if (kept.length - before >= deliveries / 2) killed ??= bot.end("SIGKILL");
        }
      };
      await Promise.all(Array.from({ length: atATime }, one));
      expect(kept.length - before).toBeGreaterThanOrEqual(deliveries / 2);
      await killed;
    }

    await using db = await openDatabase({ url: server?.url ?? null, folder: env.TIELINE_DIR });
    const rows = await db.rows(sql`select event from received`);
    const stored = new Set(rows.map(({ event }) => String(event)));
    expect(kept.filter((id) => !stored.has(id))).toEqual([]);
    expect(stored.size).toBe(rows.length);
  },
);
