import { randomBytes, randomUUID } from "node:crypto";
import { link, mkdir, open, readFile, realpath, rm, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { Mistake } from "#domain/errors.ts";
import { sealing, type Sealing } from "./sealing.ts";

type KeyPlace = {
  /** TIELINE_KEY: 32 bytes in base64. */
  key: string | null;
  /** TIELINE_KEY_FILE: a file that holds the same. */
  keyFile: string | null;
  /** TIELINE_DIR: without either, `keys/master.key` in here. */
  dir: string;
  databaseFolder: string;
};

/**
 * The master key, made on the first start unless it is given. It must not lie with the database, whose
 * backups would then carry it, nor be readable by anybody else.
 * @throws Mistake that says what to do
 */
export async function openMasterKey({
  key,
  keyFile,
  dir,
  databaseFolder,
}: KeyPlace): Promise<Sealing> {
  if (key !== null) return sealing(decoded(key, "TIELINE_KEY"));
  const file = resolve(keyFile ?? join(dir, "keys", "master.key"));
  if (keyFile === null) await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await refuseInside(databaseFolder, file);
  await make(file);
  await refuseReadable(file);
  return sealing(decoded(await readFile(file, "utf8"), file));
}

function decoded(text: string, from: string): Uint8Array {
  const key = Buffer.from(text.trim(), "base64");
  const wanted = key.toString("base64").replace(/=+$/, "");
  if (key.length === 32 && text.trim().replace(/=+$/, "") === wanted) return key;
  throw new Mistake(
    `${from} is not a master key. It must be 32 bytes in base64, such as \`openssl rand -base64 32\` prints.`,
  );
}

/** Written whole or not at all, and never over a key that is there. */
async function make(file: string): Promise<void> {
  const folder = dirname(file);
  if ((await stat(folder).catch(() => undefined)) === undefined) {
    throw new Mistake(
      `The folder ${folder} for the master key is not there. Make it, readable by you alone.`,
    );
  }
  if ((await stat(file).catch(() => undefined)) !== undefined) return;
  const draft = `${file}.${randomUUID()}`;
  await using handle = await open(draft, "wx", 0o600);
  try {
    await handle.writeFile(`${randomBytes(32).toString("base64")}\n`);
    await handle.sync();
    // A second name for the file, unlike a rename, never takes the place of one that is there.
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  } finally {
    await rm(draft);
  }
}

async function refuseInside(databaseFolder: string, file: string): Promise<void> {
  const folder = await realpath(dirname(file)).catch(() => dirname(file));
  const database = await realpath(databaseFolder).catch(() => resolve(databaseFolder));
  const way = relative(database, folder);
  if (
    way === "" ||
    (way !== ".." && !way.startsWith(`..${sep}`) && resolve(database, way) === folder)
  ) {
    throw new Mistake(
      `The master key ${file} lies with the database, so whoever gets a copy of one has the other. Move it elsewhere and set TIELINE_KEY_FILE.`,
    );
  }
}

async function refuseReadable(file: string): Promise<void> {
  if (process.platform === "win32") return;
  const { mode } = await stat(file);
  if ((mode & 0o077) !== 0) {
    throw new Mistake(
      `Others can read the master key ${file}. Run \`chmod 600 ${file}\`; if it was open for long, renew the credentials too.`,
    );
  }
  const folder = dirname(file);
  const { mode: around } = await stat(folder);
  if ((around & 0o022) !== 0) {
    throw new Mistake(
      `Others can replace the master key in ${folder}. Run \`chmod 700 ${folder}\`.`,
    );
  }
}
