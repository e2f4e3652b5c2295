import type { Boards } from "./boards.ts";
import type { Shown } from "./graphql/execute.ts";
import type { Items } from "./items.ts";
import type { Board } from "./model.ts";
import type { Viewing } from "./viewing.ts";

/** What the top level of one request works with. */
export type Request = {
  viewing: Viewing;
  me: string;
  boards: Boards;
  items: Items;
  hooks: {
    list(board: string): Shown[];
    create(board: Board, url: string, event: string, config: unknown): Promise<Shown>;
    remove(id: string): Shown;
  };
  complexity(): Shown;
  /** Throws where there were too many new boards this minute. */
  countNewBoard(): void;
};
