import type { Json } from "#domain/json.ts";
import type { FileContent, Origin } from "#domain/ports/tools.ts";
import type { Sent, Write, WriteOutcome, WriteRequest } from "#domain/record.ts";
import { chunksOf } from "../files/chunks.ts";
import { ContentChanged } from "../files/content-changed.ts";
import { textOf } from "../json/path.ts";
import type { Variables } from "../manifest/template.ts";
import { findByValues, readByIds } from "../read/by-values.ts";
import { FolderRefused, type Tree } from "../read/open-tree.ts";
import type { Reader } from "../read/reader.ts";
import { targetRecordsOf } from "../read/records.ts";
import { OutcomeUnknown } from "../request/line.ts";
import { outcomeOf } from "./outcome.ts";
import { encode, type Parts, refusal, sendPlain, tooEarly } from "./send.ts";

export type FileParts = Parts & { reader: Reader; tree: Tree | null; origin: Origin };

type Change = Exclude<Write, { kind: "archive" }>;
type Current = { native: Json; version: string | null; path: string | null };

/**
 * Sends files and folders: what a file holds goes by the tool's own way of taking it, everything else by
 * the calls of its manifest.
 */
export function makeSendFile(
  parts: FileParts,
): (request: WriteRequest, signal: AbortSignal) => Promise<Sent> {
  return async (request, signal) => {
    const outcomes: WriteOutcome[] = [];
    for (const write of request.writes) {
      const sent = await one(parts, request.id, write, signal);
      if (sent.kind !== "each") return sent;
      outcomes.push(...sent.outcomes);
    }
    return { kind: "each", outcomes };
  };
}

const told = (outcome: WriteOutcome): Sent => ({ kind: "each", outcomes: [outcome] });

async function one(
  parts: FileParts,
  id: string,
  write: Write,
  signal: AbortSignal,
): Promise<Sent> {
  try {
    if (write.kind === "archive") return await plain(parts, id, write, {}, signal);
    const early = tooEarly(parts.plan, parts.write, write);
    if (early !== null) return told(early);
    return write.kind === "create"
      ? await create(parts, id, write, signal)
      : await update(parts, id, write, signal);
  } catch (error) {
    if (error instanceof OutcomeUnknown) return { kind: "unknown", reason: error.message };
    if (error instanceof ContentChanged) return told({ kind: "stale" });
    if (error instanceof FolderRefused) return told(refusal("FOLDER", "path", error.message));
    throw error;
  }
}

const plain = (
  parts: FileParts,
  id: string,
  write: Write,
  more: Variables,
  signal: AbortSignal,
): Promise<Sent> =>
  sendPlain({ ...parts, shared: { ...parts.shared, ...more } }, { id, writes: [write] }, signal);

async function create(parts: FileParts, id: string, write: Change, signal: AbortSignal) {
  const path = textOf(write.fields["path"] as Json) ?? "";
  if (!/^\/[^/]/.test(path) || path.endsWith("/") || path.includes("//"))
    return told(refusal("BAD_PATH", "path", "A file's path begins with / and names each folder"));
  if (write.fields["kind"] !== "folder") return told(await upload(parts, write, null, signal));
  if (parts.tree !== null) {
    const folder = await parts.tree.folder(path, signal);
    return told({ kind: "accepted", id: folder, version: null });
  }
  const sent = await plain(parts, id, write, {}, signal);
  const [outcome] = sent.kind === "each" ? sent.outcomes : [];
  if (outcome?.kind !== "rejected" || outcome.problem.class !== "conflict") return sent;
  // It was made on the way to a file in it.
  const there = await folderAt(parts, path, signal);
  return there === null ? sent : told({ kind: "accepted", id: there, version: null });
}

async function folderAt({ plan, reader }: FileParts, path: string, signal: AbortSignal) {
  const word = textOf(plan.fields.encodeOne("path", path) ?? undefined);
  if (plan.find === null || word === null) return null;
  const name = plan.spec.find?.fields["path"] ?? "path";
  const read = await findByValues(reader, plan.find, name, [word], signal);
  const found = read.flatMap(({ list, answer }) => targetRecordsOf(plan, list, answer, null));
  return found.find(({ fields }) => fields["kind"] === "folder")?.id ?? null;
}

async function update(
  parts: FileParts,
  request: string,
  write: Extract<Write, { kind: "update" }>,
  signal: AbortSignal,
): Promise<Sent> {
  const current = await currentOf(parts, write.id, signal);
  if (current === null) return told({ kind: "missing" });
  const { path } = write.fields;
  let { version } = current;
  if (write.fields["content"]) {
    if (write.version !== null && version !== null && version !== write.version)
      return told({ kind: "stale" });
    const sent = await upload(parts, write, current, signal);
    if (sent.kind !== "accepted") return told(sent);
    ({ version } = sent);
  }
  if (typeof path !== "string" || same(path, current.path))
    return told({ kind: "accepted", id: write.id, version });
  const place = (await parts.tree?.place(path, signal)) ?? null;
  const was = parts.plan.tree?.parentOf(current.native) ?? null;
  const moves = place !== null && place.parent !== was;
  const more = { ...place, added: moves ? place.parent : null, removed: moves ? was : null };
  return plain(parts, request, write, more, signal);
}

/** Tools keep files whose names differ by capitals for one, and cannot change those alone. */
const same = (path: string, current: string | null): boolean =>
  path === current || path.toLowerCase() === current?.toLowerCase();

async function currentOf(
  { plan, reader, tree }: FileParts,
  id: string,
  signal: AbortSignal,
): Promise<Current | null> {
  for (const { list, answer } of await readByIds(plan, reader, [id], signal)) {
    await tree?.settle(list, answer, signal);
    const [native] = list.entries(answer.body).flatMap(({ record }) => record ?? []);
    const [record] = targetRecordsOf(plan, list, answer, null);
    if (native === undefined || record === undefined) continue;
    const path = record.fields["path"];
    return { native, version: record.version, path: typeof path === "string" ? path : null };
  }
  return null;
}

/** Sends what a file holds. Nothing is known of a file whose source has no bytes to give: it is empty. */
async function upload(
  parts: FileParts,
  write: Change,
  current: Current | null,
  signal: AbortSignal,
): Promise<WriteOutcome> {
  const { plan, line, clock, shared, tree } = parts;
  const way = plan.content?.upload ?? null;
  const encoded = encode(plan, write, shared);
  if (!encoded.ok) return { kind: "rejected", problem: encoded.problem };
  if (way === null) return refusal("NOT_WRITABLE", "content", `${parts.title} takes no files here`);
  const content = textOf((write.fields["content"] ?? null) as Json);
  const file = await openFile(parts, write.key, content, signal);
  if (file === "none") return refusal("NO_BYTES", "content", "The source of this file gives no bytes"); // prettier-ignore
  const chunks = chunksOf(file, content, way.hash);
  const path = textOf((write.fields["path"] ?? null) as Json);
  const fresh = current === null;
  const reply = await way.send(
    {
      id: write.kind === "create" ? null : write.id,
      version: current?.version ?? null,
      path: path === null ? "" : (textOf(plan.fields.encodeOne("path", path) ?? undefined) ?? ""),
      place: fresh && path !== null ? ((await tree?.place(path, signal)) ?? null) : null,
      mediaType: file?.mediaType ?? null,
      chunks,
    },
    { line, clock, shared, signal },
  );
  if (!reply.ok)
    return !fresh && reply.verdict.is === "exists"
      ? { kind: "stale" }
      : outcomeOf(reply.verdict, plan.fields);
  return verified(parts, write, reply.answer.body ?? null, chunks.digest(), signal);
}

async function openFile(
  { origin }: FileParts,
  key: string,
  content: string | null,
  signal: AbortSignal,
): Promise<FileContent | null | "none"> {
  if (content === null) return null;
  if (origin.content === null) return "none";
  const file = await origin.content(key, signal);
  if (file.hash !== null && file.hash !== content)
    throw new ContentChanged("The file has changed since its record was read");
  return file;
}

/** What the tool says it holds has to be what was sent; a new file that is not is taken away again. */
async function verified(
  parts: FileParts,
  write: Change,
  native: Json,
  sent: string,
  signal: AbortSignal,
): Promise<WriteOutcome> {
  const { plan } = parts;
  const id = plan.idOf(native);
  const version = plan.versionOf(native);
  const held = plan.fields.decode(native, null).fields["content"] ?? null;
  if (id !== null && held === sent) return { kind: "accepted", id, version };
  if (write.kind === "create" && id !== null)
    await plain(parts, `${write.key}-undo`, { kind: "archive", key: write.key, id, version }, {}, signal); // prettier-ignore
  return refusal("CONTENT_DIFFERS", "content", `${parts.title} holds something else than what was sent to it`); // prettier-ignore
}
