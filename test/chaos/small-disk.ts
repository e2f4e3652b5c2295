import { execFileSync } from "node:child_process";
import { chownSync, mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { userInfo } from "node:os";
import postgres from "postgres";
import type { OwnPostgres } from "../support/postgres-server.ts";

/** A disk of its own for the workers' database, which can be filled to the last byte. */
export type SmallDisk = Disposable & { fill(): void; empty(): void };

const size = "256m";

/**
 * Moves the database to a tablespace on a tmpfs. Null where we may not mount one: then no disk is full
 * here. To be called before anybody is connected.
 */
export async function moveToSmallDisk(server: OwnPostgres): Promise<SmallDisk | null> {
  const folder = join(server.folder, "small");
  mkdirSync(folder);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tieline-chaos", folder], { stdio: "ignore" }); // prettier-ignore
  } catch {
    return null;
  }
  const unmount = (): void => void execFileSync("umount", ["-l", folder], { stdio: "ignore" });
  process.once("exit", unmount);
  const place = join(folder, "tables");
  mkdirSync(place, { mode: 0o700 });
  chownSync(place, server.user.uid ?? userInfo().uid, server.user.gid ?? userInfo().gid);
  const admin = postgres(server.adminUrl, { max: 1 });
  await admin.unsafe(`create tablespace small location '${place}'`);
  await admin`alter database tieline set tablespace small`;
  await admin.end();

  const filler = join(folder, "filler");
  return {
    fill() {
      const block = Buffer.alloc(1024 * 1024);
      try {
        for (;;) writeFileSync(filler, block, { flag: "a" });
      } catch {
        if (statfsSync(folder).bavail > 2) throw new Error("the disk could not be filled");
      }
    },
    empty: () => rmSync(filler, { force: true }),
    [Symbol.dispose]() {
      process.off("exit", unmount);
      unmount();
    },
  };
}
