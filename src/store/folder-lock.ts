import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Mistake } from "#domain/errors.ts";

/**
 * Takes the folder for this process until disposed. The lock is one the operating system holds (SQLite
 * brings it to every platform), so it goes with the process however that ends, and a process id used
 * again, or one of another container, is never taken for its owner.
 * @throws Mistake when a living process has it
 */
export function lockFolder(folder: string): Disposable {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const owner = join(folder, "owner.json");
  const lock = new DatabaseSync(join(folder, "owner.lock"), { timeout: 0 });
  try {
    lock.exec("pragma locking_mode = exclusive; begin exclusive");
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new Mistake(
      `The folder ${folder} is in use by process ${ownerIn(owner)}. Stop that process first, or set TIELINE_DIR to another folder.`,
    );
  }
  writeFileSync(owner, JSON.stringify({ pid: process.pid }), { mode: 0o600 });
  return { [Symbol.dispose]: () => lock.close() };
}

const isBusy = (error: unknown) =>
  error instanceof Error && "errcode" in error && error.errcode === sqliteBusy;
const sqliteBusy = 5;

function ownerIn(file: string): string {
  try {
    const { pid } = JSON.parse(readFileSync(file, "utf8")) as { pid: number };
    return String(pid);
  } catch {
    return "unknown";
  }
}
