import { looksSecret } from "#domain/looks-secret.ts";

/** What a person typed, to be said back to them: short, on one line, and never a secret. */
export function quoted(text: string): string {
  if (looksSecret(text)) return "that";
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  return `“${line.length > 60 ? `${line.slice(0, 59)}…` : line}”`;
}
