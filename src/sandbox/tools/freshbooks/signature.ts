import { createHmac } from "node:crypto";

/**
 * A form's values as Python's `json.dumps` writes them: in their order, all of them text, a space after
 * each comma and colon, and everything beyond printable ASCII as \uXXXX.
 */
export function pythonJson(form: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(form).map(([name, value]) => `${quoted(name)}: ${quoted(value)}`);
  return `{${pairs.join(", ")}}`;
}

const quoted = (text: string): string =>
  JSON.stringify(text).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** `X-FreshBooks-Hmac-SHA256`: over that JSON, not over the body, under the callback's verifier. */
export const signature = (verifier: string, form: Readonly<Record<string, string>>): string =>
  createHmac("sha256", verifier).update(pythonJson(form)).digest("base64");
