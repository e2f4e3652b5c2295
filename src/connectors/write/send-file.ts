import type { Json } from "#domain/json.ts";
import type { FileContent, Origin } from "#domain/ports/tools.ts";
import type { Sent, Write, WriteOutcome, WriteRequest } from "#domain/record.ts";
import { type Chunks, chunksOf } from "../files/chunks.ts";
import { ContentChanged } from "../files/content-changed.ts";
import type { Job } from "../files/upload.ts";
import { textOf } from "../json/path.ts";
import type { Variables } from "../manifest/template.ts";
import { findByValues, readByIds } from "../read/by-values.ts";
import { FolderRefused, type Tree } from "../read/open-tree.ts";
import type { Reader } from "../read/reader.ts";
import { targetRecordsOf } from "../read/records.ts";
import { OutcomeUnknown } from "../request/line.ts";
import { outcomeOf } from "./outcome.ts";
import { encode, type Parts, refusal, sendPlain, tooEarly } from "./send.ts";

export type FileParts = Parts & { reader: Reader; tree: Tree | null; content: Origin["content"] };

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

async function one(parts: FileParts, id: string, write: Write, signal: AbortSignal): Promise<Sent> {
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

type Update = Extract<Write, { kind: "update" }>;

async function update(
  parts: FileParts,
  request: string,
  write: Update,
  signal: AbortSignal,
): Promise<Sent> {
  const current = await currentOf(parts, write.id, signal);
  if (current === null) return told({ kind: "missing" });
  const sent = write.fields["content"]
    ? await replace(parts, write, current, signal)
    : { kind: "accepted" as const, id: write.id, version: current.version };
  const { path } = write.fields;
  if (sent.kind !== "accepted" || typeof path !== "string" || same(path, current.path))
    return told(sent);
  return plain(parts, request, write, await moveTo(parts, path, current, signal), signal);
}

/** Only over what was there when the record was last seen. */
const replace = async (parts: FileParts, write: Update, current: Current, signal: AbortSignal) =>
  [null, write.version].includes(current.version) || write.version === null
    ? upload(parts, write, current, signal)
    : { kind: "stale" as const };

/** What a tool with folders has to be told of a file's new place. */
async function moveTo(
  { plan, tree }: FileParts,
  path: string,
  { native }: Current,
  signal: AbortSignal,
): Promise<Variables> {
  if (tree === null || plan.tree === null) return {};
  const place = await tree.place(path, signal);
  const was = plan.tree.parentOf(native);
  return place.parent === was ? place : { ...place, added: place.parent, removed: was };
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

/** Sends what a file holds. One whose source knows nothing of bytes, as the hub, is made empty. */
async function upload(
  parts: FileParts,
  write: Change,
  current: Current | null,
  signal: AbortSignal,
): Promise<WriteOutcome> {
  const { plan, line, clock, shared } = parts;
  const way = plan.content?.upload ?? null;
  if (way === null) return refusal("NOT_WRITABLE", "content", `${parts.title} takes no files here`);
  const encoded = encode(plan, write, shared);
  if (!encoded.ok) return { kind: "rejected", problem: encoded.problem };
  const content = textIn(write, "content");
  const file = await openFile(parts, write.key, content, signal);
  if (file === "none")
    return refusal("NO_BYTES", "content", "The source of this file gives no bytes");
  const chunks = chunksOf(file, content, way.hash);
  const job = await jobFor(parts, write, current, { file, chunks }, signal);
  const reply = await way.send(job, { line, clock, shared, signal });
  if (reply.ok) return verified(parts, write, reply.answer.body ?? null, chunks.digest(), signal);
  const changed = current !== null && reply.verdict.is === "exists";
  return changed ? { kind: "stale" } : outcomeOf(reply.verdict, plan.fields, write);
}

const jobFor = async (
  parts: FileParts,
  write: Change,
  current: Current | null,
  { file, chunks }: { file: FileContent | null; chunks: Chunks },
  signal: AbortSignal,
): Promise<Job> => ({
  id: write.kind === "create" ? null : write.id,
  version: current?.version ?? null,
  path: wordedPath(parts, write),
  place: current === null ? await placeOf(parts, write, signal) : null,
  mediaType: file?.mediaType ?? null,
  chunks,
});

const textIn = ({ fields }: Change, name: string): string | null =>
  textOf((fields[name] ?? null) as Json);

const wordedPath = ({ plan }: FileParts, write: Change): string =>
  textOf(plan.fields.encodeOne("path", textIn(write, "path") ?? "") ?? undefined) ?? "";

const placeOf = async ({ tree }: FileParts, write: Change, signal: AbortSignal) =>
  (await tree?.place(textIn(write, "path") ?? "", signal)) ?? null;

async function openFile(
  { content: open }: FileParts,
  key: string,
  content: string | null,
  signal: AbortSignal,
): Promise<FileContent | null | "none"> {
  if (content === null) return null;
  if (open === null) return "none";
  const file = await open(key, signal);
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
