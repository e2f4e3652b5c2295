import { textOf } from "../json/path.ts";
import { type Codec, refuse, shown } from "./codec.ts";
import { hashes } from "../files/hashes.ts";

/** What a file holds, told by the tool's own hash of it: `content(md5)` is "md5:9e10…". */
export const content: Codec = {
  about: `A file's content by the tool's hash of it: content(${Object.keys(hashes).join("|")}).`,
  fits: ["content"],
  check: (args) =>
    args !== null && Object.hasOwn(hashes, args)
      ? null
      : `needs one of (${Object.keys(hashes).join("), (")})`,
  // Another tool tells the same bytes by another hash, so they are sent where they changed alone.
  coarse: () => true,
  make: (args) => ({
    decode(native) {
      const hash = textOf(native)?.trim().toLowerCase();
      if (native === null || hash === "") return null;
      return hash !== undefined && /^[0-9a-f]{32,128}$/.test(hash)
        ? `${args ?? ""}:${hash}`
        : refuse("BAD_HASH", `${shown(hash ?? "A list or an object")} is not a hash`);
    },
    // It is written by sending the file.
    encode: (value) => String(value),
  }),
};
