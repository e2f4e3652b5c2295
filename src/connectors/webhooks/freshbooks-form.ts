import { createHmac } from "node:crypto";
import { z } from "zod";
import { equal } from "./equal.ts";
import { SecretFrom } from "./secret.ts";
import { forged, genuine, type VerifyKind } from "./verify.ts";

export const FreshbooksFormOptions = z
  .strictObject({
    kind: z.literal("freshbooks_form"),
    header: z.string().default("X-FreshBooks-Hmac-SHA256"),
    secret: SecretFrom,
  })
  .describe("FreshBooks: over the form's values as Python writes them as JSON, not over the body.");

export const freshbooksForm: VerifyKind<z.output<typeof FreshbooksFormOptions>> = (
  { headers, body },
  { header },
  { secrets },
) => {
  const given = headers[header.toLowerCase()]?.trim() ?? "";
  const text = pythonJson([...new URLSearchParams(Buffer.from(body).toString())]);
  const fits = secrets.map((secret) =>
    equal(given, createHmac("sha256", secret).update(text).digest("base64")),
  );
  return fits.includes(true) ? genuine : forged;
};

/**
 * As `json.dumps` writes a dict of texts: in the order of the form, a space after each comma and colon,
 * everything beyond printable ASCII as \uXXXX. Source: FreshBooks' SDK; that all values are texts is
 * second hand.
 */
export function pythonJson(pairs: readonly (readonly [string, string])[]): string {
  // In a dict a name is there once, where it came first, with the value that came last.
  const dict = new Map(pairs);
  const words = [...dict].map(([name, value]) => `${quoted(name)}: ${quoted(value)}`);
  return `{${words.join(", ")}}`;
}

const quoted = (text: string): string =>
  JSON.stringify(text).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
