import { createHash } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs"; // prettier-ignore
import { join } from "node:path";

/** The bytes of files, beside the shelf that knows the files. */
export type Contents = {
  /** Keeps bytes and names them by what they are, so that the same bytes are kept once. */
  put(bytes: Buffer): string;
  /** Throws if nothing was put by this name. */
  get(name: string): Buffer;
  /** Uploads that come in parts, by an id. */
  parts: {
    write(id: string, at: number, bytes: Buffer): void;
    read(id: string): Buffer;
    drop(id: string): void;
  };
};

/**
 * With a folder, one file for each content in it, so that they outlive the process; else they are
 * remembered until it ends. Nothing is thrown away: tools keep old revisions too.
 */
export function openContents(folder: string | null, name: string): Contents {
  return folder === null ? inMemory() : onDisk(join(folder, `${name}-contents`));
}

const nameOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
const lost = (name: string): Error => new Error(`There is no content ${name}`);

function inMemory(): Contents {
  const whole = new Map<string, Buffer>();
  const parts = new Map<string, Buffer>();
  return {
    put(bytes) {
      const name = nameOf(bytes);
      whole.set(name, bytes);
      return name;
    },
    get(name) {
      const bytes = whole.get(name);
      if (bytes === undefined) throw lost(name);
      return bytes;
    },
    parts: {
      write(id, at, bytes) {
        const before = parts.get(id) ?? Buffer.alloc(0);
        const after = Buffer.alloc(Math.max(before.length, at + bytes.length));
        before.copy(after);
        bytes.copy(after, at);
        parts.set(id, after);
      },
      read: (id) => parts.get(id) ?? Buffer.alloc(0),
      drop: (id) => void parts.delete(id),
    },
  };
}

function onDisk(folder: string): Contents {
  mkdirSync(folder, { recursive: true });
  const partOf = (id: string) => join(folder, `part-${nameOf(Buffer.from(id))}`);
  return {
    put(bytes) {
      const name = nameOf(bytes);
      const file = join(folder, name);
      if (existsSync(file)) return name;
      writeFileSync(`${file}.new`, bytes);
      renameSync(`${file}.new`, file); // Whole or not at all, also where the process is killed.
      return name;
    },
    get(name) {
      const file = join(folder, name);
      if (!existsSync(file)) throw lost(name);
      return readFileSync(file);
    },
    parts: {
      write(id, at, bytes) {
        const open = openSync(partOf(id), existsSync(partOf(id)) ? "r+" : "w");
        writeSync(open, bytes, 0, bytes.length, at);
        closeSync(open);
      },
      read: (id) => (existsSync(partOf(id)) ? readFileSync(partOf(id)) : Buffer.alloc(0)),
      drop: (id) => rmSync(partOf(id), { force: true }),
    },
  };
}
