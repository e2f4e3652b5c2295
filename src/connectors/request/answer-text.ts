import type { Json } from "#domain/json.ts";
import { readShallow } from "../json/lossless.ts";
import type { Ends } from "../json/survey.ts";

/** No tool nests its answers anywhere near this; deeper than a record may be is told record by record. */
export const deepestAnswer = 1000;

/** Some tools say back what they were sent, and what a tool says is shown to people. */
export function withoutCredential(text: string, sent: readonly string[]): string {
  return sent
    .filter((credential) => credential.length >= 8)
    .reduce((kept, credential) => kept.replaceAll(credential, "[credential]"), text);
}

/** What there is in an answer's text. */
export type Content = {
  /** Undefined for an answer without content. */
  body: Json | undefined;
  /** How deep it is nested. */
  depth: number;
  /** Where its outermost lists and objects end, by where they begin. */
  ends: Ends;
};

export const noContent: Content = { body: undefined, depth: 0, ends: new Map() };

/** @throws SyntaxError when it is not JSON */
export function contentOf(text: string): Content {
  const { value: body, ...form } = readShallow(text, deepestAnswer);
  return { body, ...form };
}

/** The same, if it is JSON. */
export function anyJson(text: string): Content {
  try {
    return contentOf(text);
  } catch {
    return noContent;
  }
}

/** Of an error nobody reads more. */
const longestError = 65_536;

/** How the answer that says an error begins. */
export async function beginning(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
  const read: Buffer[] = [];
  for await (const chunk of bytes) {
    read.push(chunk);
    if (Buffer.concat(read).length > longestError) break;
  }
  return Buffer.concat(read);
}
