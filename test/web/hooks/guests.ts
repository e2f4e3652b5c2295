import { randomBytes } from "node:crypto";
import { connectionName } from "#domain/ids.ts";
import type { WebhooksSpec } from "#connectors/manifest/webhooks-spec.ts";
import { loadManifests } from "#connectors/manifest/load.ts";
import { signed } from "#connectors/webhooks/standard-webhooks.ts";
import { folder } from "../../connectors/world.ts";
import { house } from "../house.ts";

const { manifests } = await loadManifests([folder]);
export const secret = `whsec_${randomBytes(32).toString("base64")}`;

/** Our web server with the real connectors, and a connection of one of them that has an address. */
export async function houseOf(
  connector: "webhook" | "zapier" | "make",
  webhooks: Partial<WebhooksSpec> = {},
) {
  const home = await house(
    manifests.map((one) =>
      one.connector === connector && one.webhooks !== undefined
        ? { ...one, webhooks: { ...one.webhooks, ...webhooks } }
        : one,
    ),
  );
  const name = connectionName("guest");
  await home.world.registry.save({
    connections: [
      {
        name,
        connector,
        baseUrl: null,
        settings: {},
        credential: { secret: { kind: "kept" } },
        owner: null,
        events: [],
      },
    ],
    flows: [],
  });
  await home.safe.keep(name, { secret: { secret }, expires: null });
  const token = await home.world.hooks.renew(name, home.clock.now());
  return { ...home, token, at: (path: string) => new URL(path, home.web.url) };
}
export type GuestHouse = Awaited<ReturnType<typeof houseOf>>;

let count = 0;

/** A signed event, and what may be wrong with it. */
export function event(
  data: Record<string, unknown>,
  odd: { id?: string; secret?: string; ago?: number; type?: string; body?: string } = {},
) {
  const id = odd.id ?? `evt-${String((count += 1))}`;
  const whole = { specversion: "1.0", id, source: "/shop", type: "customer.changed", subject: data["id"], data }; // prettier-ignore
  const body = odd.body ?? JSON.stringify(whole);
  const timestamp = String(Math.floor(Date.now() / 1000) - (odd.ago ?? 0));
  const signature = signed(odd.secret ?? secret, { id, timestamp, body }) ?? "";
  const headers: Record<string, string> = {
    "content-type": odd.type ?? "application/cloudevents+json; charset=UTF-8",
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signature,
  };
  return { method: "POST", headers, body };
}

/** What of an answer anybody could learn something from. */
export const shapeOf = async (answer: Response) => ({
  status: answer.status,
  body: await answer.text(),
  headers: [...answer.headers.keys()].filter((name) => name !== "date").sort(),
});
