import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

/** Where a sealed value belongs. It opens nowhere else, so it cannot be moved to another row. */
export type Place = { table: string; row: string; field: string };

export type Sealing = {
  /** Which master key this is; says nothing about the key. */
  keyId: string;
  seal(text: string, place: Place): string;
  /** @throws SealBroken when it was changed, moved, or sealed with another key */
  open(sealed: string, place: Place): string;
  /** Tells whether a value is still the same, without keeping it. */
  fingerprint(text: string): string;
};

/** The message says what is wrong, never what was in it. */
export class SealBroken extends Error {
  override readonly name = "SealBroken";
}

/** AES-256-GCM under keys derived from the master key of 32 bytes. */
export function sealing(master: Uint8Array): Sealing {
  const derive = (use: string) => Buffer.from(hkdfSync("sha256", master, "", `tieline ${use}`, 32));
  const key = derive("sealing");
  const hashKey = derive("fingerprint");
  const keyId = derive("key id").toString("hex").slice(0, 12);

  return {
    keyId,

    seal(text, place) {
      const iv = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, iv, { authTagLength });
      cipher.setAAD(bound(place, keyId));
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return ["v1", keyId, ...[iv, cipher.getAuthTag(), body].map(encode)].join(".");
    },

    open(sealed, place) {
      const [version, id, ...parts] = sealed.split(".");
      const [iv, tag, body] = parts.map((part) => Buffer.from(part, "base64url"));
      if (version !== "v1" || !iv || !tag || !body || parts.length !== 3) {
        throw new SealBroken("not a sealed value");
      }
      if (id !== keyId)
        throw new SealBroken(`sealed with key ${id}, but the master key is ${keyId}`);
      try {
        const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength });
        decipher.setAAD(bound(place, keyId));
        decipher.setAuthTag(tag);
        return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
      } catch (error) {
        throw new SealBroken("the sealed value was changed or moved", { cause: error });
      }
    },

    fingerprint: (text) => createHmac("sha256", hashKey).update(text).digest("base64url"),
  };
}

const authTagLength = 16;
const encode = (bytes: Buffer) => bytes.toString("base64url");
const bound = ({ table, row, field }: Place, keyId: string) =>
  Buffer.from(JSON.stringify([table, row, field, keyId]));
