import { createHash, createHmac } from "node:crypto";

/** The latest form: base64 of an HMAC over method, address, body and time in ms. */
export const signatureV3 = (
  secret: string,
  {
    method,
    uri,
    body,
    timestamp,
  }: { method: string; uri: string; body: string; timestamp: string },
): string =>
  createHmac("sha256", secret)
    .update(method + uri + body + timestamp)
    .digest("base64");

/** The first form, which still comes beside it: hex of a hash over secret and body. */
export const signatureV1 = (secret: string, body: string): string =>
  createHash("sha256")
    .update(secret + body)
    .digest("hex");
