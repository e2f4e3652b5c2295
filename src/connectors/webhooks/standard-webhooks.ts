import { createHmac } from "node:crypto";
import { z } from "zod";
import { equal } from "./equal.ts";
import { SecretFrom } from "./secret.ts";
import { forged, type VerifyKind } from "./verify.ts";

export const StandardWebhooksOptions = z
  .strictObject({ kind: z.literal("standard_webhooks"), secret: SecretFrom })
  .describe("Standard Webhooks 1.0: webhook-id, webhook-timestamp and webhook-signature.");

/** What the reference libraries allow, before and after. */
const toleranceS = 300;

/** An id with a dot could be read as another id and time, so it is none. */
export const soundId = /^[^\s.]{1,256}$/;

/** Of several signatures one that we know has to fit; versions of others are passed over. */
export const standardWebhooks: VerifyKind<z.output<typeof StandardWebhooksOptions>> = (
  { headers, body },
  _options,
  { secrets, now },
) => {
  const id = headers["webhook-id"] ?? "";
  const timestamp = headers["webhook-timestamp"] ?? "";
  const given = (headers["webhook-signature"] ?? "").split(" ").slice(0, most);
  if (!soundId.test(id) || !/^\d{1,12}$/.test(timestamp)) return forged;
  if (Math.abs(now.epochMilliseconds / 1000 - Number(timestamp)) > toleranceS) return forged;
  const wanted = secrets.flatMap((secret) => signed(secret, { id, timestamp, body }) ?? []);
  const fits = wanted.flatMap((one) => given.map((each) => equal(each, one)));
  return fits.includes(true) ? { ok: true, id } : forged;
};

/** While a secret is replaced there are two; nobody has a hundred. */
const most = 20;

export type Message = { id: string; timestamp: string; body: Uint8Array | string };

/** `v1,` and the HMAC over id, time and body; null where the secret is none. */
export function signed(secret: string, { id, timestamp, body }: Message): string | null {
  const key = keyIn(secret);
  if (key === null) return null;
  const digest = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body);
  return `v1,${digest.digest("base64")}`;
}

/**
 * The bytes behind `whsec_`, which are the key. The specification wants 24 to 64 of them; what others
 * have made is taken as it is from 16 on.
 */
function keyIn(secret: string): Buffer | null {
  const [, encoded] = /^(?:whsec_)?([A-Za-z0-9+/_-]+={0,2})$/.exec(secret.trim()) ?? [];
  const key = Buffer.from(encoded ?? "", "base64");
  return key.length >= 16 && key.length <= 128 ? key : null;
}
