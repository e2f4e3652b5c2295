import type { Account } from "./account.ts";
import type { Cursors } from "./cursors.ts";
import type { Shown } from "./graphql/execute.ts";
import type { Board } from "./model.ts";

/** What it takes to tell of boards and items within one request. */
export type Viewing = {
  account: Account;
  cursors: Cursors;
  board(board: Board): Shown;
  /** Counts each reading of what is mirrored, which monday limits by itself. */
  mirrors(type: string, fields: Shown): Shown;
};
