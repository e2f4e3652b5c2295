import { Unavailable } from "#domain/errors.ts";
import type { Json } from "#domain/json.ts";
import { getAt, textOf } from "../json/path.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { Reply } from "../request/line.ts";
import { compileRequest } from "../request/prepare.ts";
import type { Chunk } from "./chunks.ts";
import type { DropboxUpload } from "./dropbox-upload-options.ts";
import { hashes } from "./hashes.ts";
import { patience } from "./patience.ts";
import type { Job, Sending, Upload } from "./upload.ts";

/** Up to 5 MB in one request, above that in a session. Source: Dropbox's own IDL (files.stone). */
export function dropboxUpload(
  { host }: DropboxUpload,
  manifest: Pick<Manifest, "headers">,
): Upload {
  const routes = {
    upload: compileRequest({ post: "/2/files/upload", host }, manifest),
    start: compileRequest({ post: "/2/files/upload_session/start", host }, manifest),
    append: compileRequest({ post: "/2/files/upload_session/append_v2", host }, manifest),
    finish: compileRequest({ post: "/2/files/upload_session/finish", host }, manifest),
  };
  const look = compileRequest(
    { post: "/2/files/get_metadata", body: { path: "{path}" } },
    manifest,
  );
  type Route = keyof typeof routes;

  const call = (route: Route, argument: Json, bytes: Uint8Array, sending: Sending) => {
    const request = routes[route](sending.shared);
    const headers = {
      ...request.headers,
      "content-type": "application/octet-stream",
      // Dropbox refuses what arrives as something else than what was sent.
      "dropbox-api-arg": headerJson({ ...(argument as object), content_hash: hashOf(bytes) }),
    };
    return sending.line.write({ ...request, headers, body: bytes }, sending.signal);
  };

  async function start(bytes: Uint8Array, sending: Sending): Promise<Reply> {
    // A session that nobody finishes is forgotten: another one does no harm.
    const trying = patience(sending.clock, sending.signal);
    for (;;) {
      try {
        return await call("start", { close: false }, bytes, sending);
      } catch (error) {
        await trying.after(error);
      }
    }
  }

  /** Whether a file that is in the way is the one that was finished, and not answered. */
  async function finished(job: Job, { line, shared, signal }: Sending): Promise<Reply | null> {
    const reply = await line.read(look({ ...shared, path: job.id ?? job.path }), signal);
    const held = reply.ok ? textOf(contentHash(reply.answer.body)) : null;
    return `dropbox:${held ?? ""}` === job.chunks.digest() ? reply : null;
  }

  /** Until Dropbox has all of a piece; null where it waits for the next. */
  async function add(session: string, chunk: Chunk, job: Job, sending: Sending) {
    const { bytes, from, last } = chunk;
    const trying = patience(sending.clock, sending.signal);
    let at = from;
    let unsure = false;

    const goOn = async (): Promise<Reply | null> => {
      const rest = bytes.subarray(at - from);
      const cursor = { session_id: session, offset: at };
      try {
        return last
          ? await call("finish", { cursor, commit: commitOf(job) }, rest, sending)
          : await call("append", { cursor, close: false }, rest, sending);
      } catch (error) {
        await trying.after(error);
        unsure = true;
        return null;
      }
    };

    for (;;) {
      const reply = await goOn();
      if (reply === null) continue;
      if (reply.ok) return last ? reply : null;
      if (last && unsure && reply.verdict.is === "exists")
        return (await finished(job, sending)) ?? reply;
      const right = rightOffset(reply.failure.body, chunk);
      if (right === null) return reply;
      if (right === from + bytes.length && !last) return null;
      await trying.after(new Unavailable("The upload does not go on"));
      at = right;
    }
  }

  return {
    hash: "dropbox",
    async send(job, sending) {
      let session: string | null = null;
      for await (const chunk of job.chunks) {
        if (chunk.from === 0 && chunk.last)
          return call("upload", commitOf(job), chunk.bytes, sending);
        if (session === null) {
          const reply = await start(chunk.bytes, sending);
          if (!reply.ok) return reply;
          session = textOf(sessionId(reply.answer.body));
          if (session === null) throw new Unavailable("The upload session has no id");
          continue;
        }
        const reply = await add(session, chunk, job, sending);
        if (reply !== null) return reply;
      }
      throw new Unavailable("The upload ended without an answer");
    },
  };
}

const sessionId = getAt("session_id");
const contentHash = getAt("content_hash");

/** A new file is never put over another one, and one that is there only while it is the one we saw. */
const commitOf = ({ id, version, path }: Job): Record<string, Json> =>
  id === null
    ? { path, mode: "add", autorename: false, strict_conflict: true }
    : {
        path: id,
        mode: version === null ? "overwrite" : { ".tag": "update", update: version },
        autorename: false,
        strict_conflict: version !== null,
      };

const offsets = [getAt("error.correct_offset"), getAt("error.lookup_failed.correct_offset")];

/** Where a session stands, where it was asked to go on elsewhere. */
function rightOffset(body: Json | undefined, { from, bytes }: Chunk): number | null {
  const text = offsets.map((get) => textOf(get(body))).find((found) => found !== null);
  if (text === undefined) return null;
  const right = Number(text);
  if (!(right >= from && right <= from + bytes.length))
    throw new Unavailable("A part of the upload was lost; the file is sent again");
  return right;
}

function hashOf(bytes: Uint8Array): string | null {
  const hash = hashes["dropbox"]?.();
  hash?.update(bytes);
  return hash?.digest() ?? null;
}

/** JSON of plain ASCII, since it stands in a header. */
const headerJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
