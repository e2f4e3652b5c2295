import { createHmac } from "node:crypto";
import { z } from "zod";
import type { HookRequest } from "#domain/ports/hooks.ts";
import { Duration } from "../manifest/duration.ts";
import { equal } from "./equal.ts";
import { SecretFrom } from "./secret.ts";
import { forged, genuine, type VerifyKind } from "./verify.ts";

const HeaderName = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,64}$/, "the name of a header is accepted here");

export const HmacOptions = z
  .strictObject({
    kind: z.literal("hmac"),
    header: HeaderName.describe("Header with the signature."),
    secret: SecretFrom,
    key: z.enum(["text", "base64"]).default("text").describe("How the secret is written."),
    algorithm: z.enum(["sha256", "sha1", "sha512"]).default("sha256"),
    encoding: z.enum(["hex", "base64"]).describe("How the signature is written."),
    prefix: z.string().max(40).default("").describe("Text before the signature: `sha256=`."),
    part: z
      .string()
      .regex(/^\w{1,20}$/)
      .optional()
      .describe("Where the header holds several, as in `t=…,v1=…`: the name of the signature's."),
    signs: z
      .enum(["body", "timestamp.body", "method_url_body_timestamp"])
      .describe("What is signed, put together as it is named; the dots stand in it."),
    timestamp: z
      .strictObject({
        header: HeaderName.optional().describe("Header that says when it was signed …"),
        part: z
          .string()
          .regex(/^\w{1,20}$/)
          .optional()
          .describe("… or the part of the signature's own header."),
        unit: z.enum(["s", "ms"]),
        tolerance: Duration.describe("How far from now it may be, before and after."),
      })
      .optional(),
  })
  .describe("An HMAC over the message, in a header: HubSpot, QuickBooks, Mailchimp, Asana …");

type Options = z.output<typeof HmacOptions>;
type Request = Pick<HookRequest, "method" | "url" | "headers" | "body">;

export const hmac: VerifyKind<Options> = (request, options, { secrets, now }) => {
  const said = request.headers[options.header.toLowerCase()] ?? "";
  const signatures = signaturesIn(said, options);
  const timestamp = timestampIn(request, said, options.timestamp);
  if (signatures.length === 0 || !isTimely(timestamp, options.timestamp, now)) return forged;
  const messages = signedTexts(request, timestamp ?? "", options.signs);
  const wanted = secrets.flatMap((secret) =>
    messages.map((message) => signature(message, secret, options)),
  );
  // All of them, so that the time it takes does not tell which.
  const fits = wanted.flatMap((one) => signatures.map((given) => equal(given, one)));
  return fits.includes(true) ? genuine : forged;
};

const signature = (message: Uint8Array, secret: string, { algorithm, key, encoding }: Options) =>
  createHmac(algorithm, key === "base64" ? Buffer.from(secret, "base64") : secret)
    .update(message)
    .digest(encoding);

function signaturesIn(said: string, { part, prefix }: Options): readonly string[] {
  const values = part === undefined ? [said.trim()] : partsIn(said, part);
  return values
    .filter((value) => value.startsWith(prefix) && value.length > prefix.length)
    .map((value) => value.slice(prefix.length));
}

/** `t=1718000000,v1=…,v1=…`: while a secret is replaced a part may be there twice. */
const partsIn = (said: string, name: string): readonly string[] =>
  said
    .split(",")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));

function timestampIn(
  { headers }: Request,
  said: string,
  options: Options["timestamp"],
): string | null {
  if (options === undefined) return null;
  const { header, part } = options;
  if (header !== undefined) return headers[header.toLowerCase()] ?? null;
  return partsIn(said, part ?? "")[0] ?? null;
}

/** Digits and nothing else: a text that is no number is not near anything. */
function isTimely(
  timestamp: string | null,
  options: Options["timestamp"],
  now: Temporal.Instant,
): boolean {
  if (options === undefined) return true;
  if (timestamp === null || !/^\d{1,15}$/.test(timestamp)) return false;
  const at = Number(timestamp) * (options.unit === "s" ? 1000 : 1);
  return Math.abs(now.epochMilliseconds - at) <= options.tolerance;
}

function signedTexts(
  { method, url, body }: Request,
  timestamp: string,
  signs: Options["signs"],
): readonly Uint8Array[] {
  switch (signs) {
    case "body":
      return [body];
    case "timestamp.body":
      return [Buffer.concat([Buffer.from(`${timestamp}.`), body])];
    case "method_url_body_timestamp":
      return [...new Set([url, readable(url)])].map((address) =>
        Buffer.concat([Buffer.from(method + address), body, Buffer.from(timestamp)]),
      );
    default:
      return signs satisfies never;
  }
}

/** HubSpot signs an address in which these signs are not encoded. Source: its request validation page. */
const readable = (url: string): string =>
  url.replace(/%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, decodeURIComponent);
