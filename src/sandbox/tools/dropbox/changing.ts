import type { z } from "zod";
import type { Shelf } from "../../collection.ts";
import { type Account, mustBeFree, nextTo, targetOf } from "./commit.ts";
import { conflict, LookupRefused, nested, refusing, routeError, type Tagged, tagged, WriteRefused } from "./errors.ts"; // prettier-ignore
import { findEntry } from "./lookup.ts";
import { folderMetadata, metadata } from "./metadata.ts";
import { keyOf } from "./paths.ts";
import type * as shapes from "./shapes.ts";
import type { Entry } from "./tree.ts";

type Arg<Shape extends z.ZodType> = z.output<Shape>;

const inTheWay = ({ file }: Entry) => conflict(file === null ? "folder" : "file");

export function createFolder(account: Account, arg: Arg<typeof shapes.createFolder>) {
  const { tree } = account;
  return refusing({ write: (error) => nested("path", error) }, () => {
    mustBeFree(account);
    const path = targetOf(tree, arg.path);
    const there = tree.at(path);
    if (there !== undefined && !arg.autorename) throw inTheWay(there);
    const made = tree.makeFolder(there === undefined ? path : nextTo(tree, path));
    return { metadata: folderMetadata(made) };
  });
}

/** `move`: with everything below; to change the case of a name alone is no move here. */
export function moveEntry(account: Account, arg: Arg<typeof shapes.move>) {
  const { tree } = account;
  const from = refusing({ lookup: (error) => nested("from_lookup", error) }, () =>
    findEntry(tree, arg.from_path),
  );
  return refusing({ write: (error) => nested("to", error) }, () => {
    mustBeFree(account);
    const path = targetOf(tree, arg.to_path);
    if (keyOf(path).startsWith(`${keyOf(from.path)}/`))
      throw routeError(tagged("cant_move_folder_into_itself"));
    const there = tree.at(path);
    if (there !== undefined && !arg.autorename) throw inTheWay(there);
    const moved = tree.move(from, there === undefined ? path : nextTo(tree, path));
    return { metadata: metadata(moved) };
  });
}

/** `delete`: tells what it was, not that it is gone. */
export const deleteEntry = (account: Account, arg: Arg<typeof shapes.remove>) =>
  refusing(
    {
      lookup: (error) => nested("path_lookup", error),
      write: (error) => (error[".tag"] === BUSY ? error : nested("path_write", error)),
    },
    () => ({ metadata: removed(account, arg) }),
  );

const BUSY = "too_many_write_operations";

function removed(account: Account, arg: Arg<typeof shapes.remove>): Tagged {
  mustBeFree(account);
  const entry = findEntry(account.tree, arg.path);
  if (arg.parent_rev != null && entry.file?.rev !== arg.parent_rev) throw inTheWay(entry);
  account.tree.remove(entry);
  return metadata(entry);
}

type Job = { asked: boolean; entries: Tagged[] };

export type Deletions = {
  launch(arg: Arg<typeof shapes.removeBatch>): Tagged;
  check(id: string): Tagged;
};

/** Many at once, which Dropbox does in its own time: a job, and asked the first time it is under way. */
export function openDeletions(shelf: Shelf, account: Account): Deletions {
  const jobs = shelf.collection<Job>("delete_jobs");
  return {
    launch({ entries }) {
      const id = `dbjid:${String(jobs.size + 1).padStart(4, "0")}AAAAdeletebatch`;
      jobs.set(id, { asked: false, entries: entries.map((entry) => outcome(account, entry)) });
      return tagged("async_job_id", { async_job_id: id });
    },
    check(id) {
      const job = jobs.get(id);
      if (job === undefined) throw routeError(tagged("invalid_async_job_id"));
      if (!job.asked) {
        jobs.set(id, { ...job, asked: true });
        return tagged("in_progress");
      }
      return tagged("complete", { entries: job.entries });
    },
  };
}

function outcome(account: Account, arg: Arg<typeof shapes.remove>): Tagged {
  try {
    return tagged("success", { metadata: removed(account, arg) });
  } catch (error) {
    if (error instanceof LookupRefused)
      return nested("failure", nested("path_lookup", error.error));
    if (!(error instanceof WriteRefused)) throw error;
    const busy = error.error[".tag"] === BUSY;
    return nested("failure", busy ? error.error : nested("path_write", error.error));
  }
}
