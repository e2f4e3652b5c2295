import { createHmac, timingSafeEqual } from "node:crypto";

/** How far a timestamp may be from now, both ways, in the reference libraries of Standard Webhooks. */
export const TOLERANCE_S = 300;

/** The key in a secret: what follows `whsec_`, decoded, of 24 to 64 bytes. */
export function keyOf(secret: string): Buffer {
  const [, encoded] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  const key = Buffer.from(encoded ?? "", "base64");
  if (encoded === undefined || key.length < 24 || key.length > 64)
    throw new Error("A secret is whsec_ and 24 to 64 bytes in base64.");
  return key;
}

export type Signed = { id: string; timestamp: number; body: string };

/** `v1,` and the HMAC over id, timestamp and the body as it was sent. */
export function signed(secret: string, { id, timestamp, body }: Signed): string {
  const content = `${id}.${String(timestamp)}.${body}`;
  return `v1,${createHmac("sha256", keyOf(secret)).update(content).digest("base64")}`;
}

/** One of the signatures in the header fits; those of other versions are passed over. */
export const isSigned = (secret: string, header: string, message: Signed): boolean =>
  header.split(" ").some((one) => equal(one, signed(secret, message)));

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
