import type { Json } from "#domain/json.ts";
import { readShallow } from "../json/lossless.ts";

/** No tool nests its answers anywhere near this; deeper than a record may be is told record by record. */
export const deepestAnswer = 1000;

/** Some tools say back what they were sent, and what a tool says is shown to people. */
export function withoutCredential(text: string, sent: readonly string[]): string {
  return sent
    .filter((credential) => credential.length >= 8)
    .reduce((kept, credential) => kept.replaceAll(credential, "[credential]"), text);
}

/** What an answer holds, if that is JSON. */
export function anyJson(text: string): { value: Json | undefined; depth: number } {
  try {
    return readShallow(text, deepestAnswer);
  } catch {
    return { value: undefined, depth: 0 };
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
