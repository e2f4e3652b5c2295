import { randomBytes, randomInt } from "node:crypto";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** An id as Slack makes them: a letter for the kind, then ten letters or digits. */
export function newId(kind: string, length = 10): string {
  let id = kind;
  for (let n = 0; n < length; n++) id += letters[randomInt(letters.length)];
  return id;
}

/** A short random name for a block that came without one. */
export function newBlockId(): string {
  return randomBytes(4).toString("base64url").slice(0, 5);
}

export function newSecret(bytes = 16): string {
  return randomBytes(bytes).toString("hex");
}
