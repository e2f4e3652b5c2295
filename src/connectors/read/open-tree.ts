import type { Json } from "#domain/json.ts";
import { textOf } from "../json/path.ts";
import type { Variables } from "../manifest/template.ts";
import type { Answer, Line } from "../request/line.ts";
import { readByIds } from "./by-values.ts";
import type { ObjectPlan } from "./compile-object.ts";
import type { List } from "./list.ts";
import type { Reader } from "./reader.ts";
import { namesIn, ownName, shownName, topOf, type TreePlan } from "./tree.ts";

/** The folders of a connection, for a tool that tells a file by its name and its folder. */
export type Tree = {
  /** Reads every folder, so that none has to be asked for by itself. */
  load(signal: AbortSignal): Promise<void>;
  /** Gives each record of an answer its path; one that is not in the tree has none. */
  settle(list: List, answer: Answer, signal: AbortSignal): Promise<void>;
  /** What is at a path. */
  find(path: string, signal: AbortSignal): Promise<readonly Json[]>;
  /** The folder of a path, made where it is missing, and the name in it. @throws OutcomeUnknown */
  place(path: string, signal: AbortSignal): Promise<{ parent: string; name: string }>;
  /** The id of a folder, made where it is missing. @throws OutcomeUnknown */
  folder(path: string, signal: AbortSignal): Promise<string>;
};

type Folder = { name: string; parent: string | null };

/** So many folders are remembered; what was seen longest ago is asked for again. */
const mostFolders = 200_000;
/** Google takes 100; a circle is no tree. */
const deepest = 120;

export function openTree(
  object: ObjectPlan & { tree: TreePlan },
  { reader, line, shared }: { reader: Reader; line: Line; shared: Variables },
): Tree {
  const plan = object.tree;
  /** Null for one that cannot be seen. */
  const known = new Map<string, Folder | null>();
  const made = new Map<string, Promise<string>>();
  let first: Promise<string> | null = null;

  const top = (signal: AbortSignal): Promise<string> =>
    (first ??= askTop(signal).catch((error: unknown) => {
      first = null;
      throw error;
    }));
  async function askTop(signal: AbortSignal): Promise<string> {
    const answer = await reader.ask(plan.top.prepare, {}, signal);
    return topOf(plan, answer?.body, shared);
  }

  function remember(id: string, folder: Folder | null): void {
    known.delete(id);
    known.set(id, folder);
    const [oldest] = known.keys();
    if (known.size > mostFolders && oldest !== undefined) known.delete(oldest);
  }

  function see(record: Json): void {
    const id = object.idOf(record);
    const name = plan.nameOf(record);
    if (id !== null && name !== null && isFolder(record))
      remember(id, { name, parent: plan.parentOf(record) });
  }
  const isFolder = (record: Json): boolean =>
    object.fields.decode(record, null).fields["kind"] === "folder";

  async function folderOf(id: string, signal: AbortSignal): Promise<Folder | null> {
    const there = known.get(id);
    if (there !== undefined) return there;
    for (const { list, answer } of await readByIds(object, reader, [id], signal))
      for (const { record } of list.entries(answer.body)) if (record !== undefined) see(record);
    const found = known.get(id) ?? null;
    remember(id, found);
    return found;
  }

  /** The path of a folder; null where it is not below the top. */
  async function pathOf(id: string, depth: number, signal: AbortSignal): Promise<string | null> {
    if (id === (await top(signal))) return "";
    if (depth > deepest) return null;
    const folder = await folderOf(id, signal);
    if (folder?.parent == null) return null;
    const above = await pathOf(folder.parent, depth + 1, signal);
    return above === null ? null : `${above}/${shownName(folder.name)}`;
  }

  async function withPath(record: Json, signal: AbortSignal): Promise<void> {
    const parent = plan.parentOf(record);
    const name = plan.nameOf(record);
    const above = parent === null ? null : await pathOf(parent, 0, signal);
    if (above !== null && name !== null)
      (record as Record<string, Json>)["path"] = `${above}/${shownName(name)}`;
  }

  const below = async (parent: string, name: string, signal: AbortSignal) => {
    const answer = await reader.ask(plan.child.prepare, { parent, name: ownName(name) }, signal);
    return plan.child.records(answer?.body);
  };

  async function existing(path: string, signal: AbortSignal): Promise<string | null> {
    if (path === "") return top(signal);
    const done = made.get(path);
    if (done !== undefined) return done;
    const { above, name } = namesIn(path);
    const parent = await existing(above, signal);
    if (parent === null) return null;
    const folder = (await below(parent, name, signal)).find(isFolder);
    const id = folder === undefined ? null : object.idOf(folder);
    if (id !== null) made.set(path, Promise.resolve(id));
    return id;
  }

  async function make(path: string, signal: AbortSignal): Promise<string> {
    const { above, name } = namesIn(path);
    const parent = await folderAt(above, signal);
    const there = (await below(parent, name, signal)).find(isFolder);
    if (there !== undefined) return object.idOf(there) ?? "";
    const request = plan.make.prepare({ ...shared, parent, name: ownName(name) });
    const reply = await line.write(request, signal);
    if (!reply.ok) throw new FolderRefused(reply.verdict.message);
    const [record] = plan.make.records(reply.answer.body);
    const id = record === undefined ? null : object.idOf(record);
    if (id === null) throw new FolderRefused("The new folder has no id");
    return id;
  }

  /** Each folder is made once, however many files wait for it. */
  function folderAt(path: string, signal: AbortSignal): Promise<string> {
    if (path === "") return top(signal);
    const under = made.get(path);
    if (under !== undefined) return under;
    const making = make(path, signal);
    made.set(path, making);
    making.catch(() => made.delete(path));
    return making;
  }

  return {
    async load(signal) {
      const list = plan.folders;
      for (let place = list.pager?.first ?? {}; ;) {
        const answer = await reader.page(list, place, {}, signal);
        const records = list.entries(answer?.body).flatMap(({ record }) => record ?? []);
        for (const record of records) see(record);
        const body = answer?.body ?? null;
        const seen = records.map((record) => ({ id: textOf(record) ?? "", changedAt: null }));
        const next = list.pager?.next(place, { body, records: seen }) ?? null;
        if (next === null) return;
        place = next;
      }
    },
    async settle(list, answer, signal) {
      const records = list.entries(answer.body).flatMap(({ record }) => record ?? []);
      for (const record of records) see(record);
      for (const record of records) await withPath(record, signal);
    },
    async find(path, signal) {
      const { above, name } = namesIn(path);
      const parent = await existing(above, signal);
      const found = parent === null ? [] : await below(parent, name, signal);
      for (const record of found) (record as Record<string, Json>)["path"] = path;
      return found;
    },
    async place(path, signal) {
      const { above, name } = namesIn(path);
      return { parent: await folderAt(above, signal), name: ownName(name) };
    },
    folder: folderAt,
  };
}

/** A folder cannot be made: it is the record's affair that needs it. */
export class FolderRefused extends Error {
  override readonly name = "FolderRefused";
}
