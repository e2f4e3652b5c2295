import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** A Map whose entries outlive the process. Values must survive JSON. */
export type Collection<Value> = {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
  values(): IterableIterator<Value>;
  entries(): IterableIterator<[string, Value]>;
  readonly size: number;
};

export type Shelf = Disposable & {
  collection<Value>(name: string): Collection<Value>;
  /** Many changes as one, which is quicker; the work may not wait for anything. */
  together<Result>(work: () => Result): Result;
};

/**
 * What a simulated tool remembers. With a folder it is written through to a file there, so that a
 * second start (or a kill) finds everything still there; without one it lives in memory.
 * A value changed in place must be `set` again. What comes of something that was under way when it was closed, such
 * as a webhook's answer, is kept by nobody.
 */
export function openShelf(folder: string | null, name: string): Shelf {
  if (folder !== null) mkdirSync(folder, { recursive: true });
  const db = new DatabaseSync(folder === null ? ":memory:" : join(folder, `${name}.sqlite`));
  db.exec(`pragma journal_mode = wal; pragma synchronous = off;
    create table if not exists kept (collection text, key text, value text, primary key (collection, key))`);
  const put = db.prepare(
    "insert into kept values (?, ?, ?) on conflict do update set value = excluded.value",
  );
  const drop = db.prepare("delete from kept where collection = ? and key = ?");
  // Rowids keep the order of first insertion, as a Map does.
  const all = db.prepare("select key, value from kept where collection = ? order by rowid");

  return {
    collection<Value>(collection: string): Collection<Value> {
      const entries = new Map<string, Value>();
      for (const row of all.all(collection)) {
        entries.set(String(row["key"]), JSON.parse(String(row["value"])) as Value);
      }
      return {
        get: (key) => entries.get(key),
        set(key, value) {
          entries.set(key, value);
          if (db.isOpen) put.run(collection, key, JSON.stringify(value));
        },
        delete(key) {
          entries.delete(key);
          if (db.isOpen) drop.run(collection, key);
        },
        values: () => entries.values(),
        entries: () => entries.entries(),
        get size() {
          return entries.size;
        },
      };
    },
    together<Result>(work: () => Result): Result {
      db.exec("begin");
      try {
        return work();
      } finally {
        db.exec("commit");
      }
    },
    [Symbol.dispose]: () => db.close(),
  };
}
