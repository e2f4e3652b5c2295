import { textOf } from "../json/path.ts";
import { safeName, toldName } from "../files/safe-name.ts";
import { badCharacter, type Codec, refuse } from "./codec.ts";

/**
 * A file's place from the top: "/Clients/Acme/contract.pdf". Space around a name is a part of it.
 * `path(dropbox)` keeps names as Dropbox takes them, and tells them as they were.
 */
export const path: Codec = {
  about: "A file's place from the top, name by name: path, or path(dropbox) with names it takes.",
  fits: ["text"],
  check: (args) =>
    args === null || args === "dropbox" ? null : "may have dropbox in its brackets",
  // Of two long names that are cut, one cannot be told from the tool's own.
  coarse: (args) => args !== null,
  make(args) {
    const told = args === null ? (text: string) => text : eachName(toldName);
    const safe = args === null ? (text: string) => text : eachName(safeName);
    return {
      decode(native) {
        if (native === null) return null;
        const text = textOf(native);
        if (text === null)
          return refuse("BAD_TEXT", "This is a list or an object; a path is accepted");
        const bad = badCharacter(text);
        if (bad !== null) return bad;
        return text === "" ? null : told(text).normalize("NFC");
      },
      encode: (value) => badCharacter(String(value)) ?? safe(String(value)),
    };
  },
};

const eachName =
  (change: (name: string) => string) =>
  (path: string): string =>
    path.split("/").map(change).join("/");
