import { randomUUID } from "node:crypto";
import { Unavailable } from "#domain/errors.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { Reply } from "../request/line.ts";
import { compileRequest, type Prepared } from "../request/prepare.ts";
import type { Chunk } from "./chunks.ts";
import type { GoogleUpload } from "./google-upload-options.ts";
import { patience } from "./patience.ts";
import type { Job, Sending, Upload } from "./upload.ts";

const unknownType = "application/octet-stream";

/**
 * Up to 5 MB in one request with its metadata, above that in a session whose address takes the pieces.
 * Source: developers.google.com/workspace/drive/api/guides/manage-uploads.
 */
export function googleUpload(options: GoogleUpload, manifest: Pick<Manifest, "headers">): Upload {
  const query = { ...options.query, uploadType: "{upload_type}" };
  const make = compileRequest({ post: options.at, query }, manifest);
  const change = compileRequest({ patch: `${options.at}/{id}`, query }, manifest);
  const prepare = ({ id }: Job, { shared }: Sending, uploadType: string): Prepared =>
    (id === null ? make : change)({ ...shared, id, upload_type: uploadType });

  const whole = (job: Job, { bytes }: Chunk, sending: Sending): Promise<Reply> => {
    const boundary = randomUUID();
    const request = prepare(job, sending, "multipart");
    const type = `multipart/related; boundary=${boundary}`;
    const head = `--${boundary}\r\ncontent-type: application/json; charset=UTF-8\r\n\r\n${metadata(job)}\r\n--${boundary}\r\ncontent-type: ${job.mediaType ?? unknownType}\r\n\r\n`;
    const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
    const headers = { ...request.headers, "content-type": type };
    return sending.line.write({ ...request, headers, body }, sending.signal);
  };

  async function begin(job: Job, sending: Sending): Promise<Reply> {
    const request = prepare(job, sending, "resumable");
    const headers = {
      ...request.headers,
      "content-type": "application/json; charset=UTF-8",
      "x-upload-content-type": job.mediaType ?? unknownType,
    };
    // A session that nobody puts anything into is forgotten: another one does no harm.
    const trying = patience(sending.clock, sending.signal);
    for (;;) {
      try {
        const sent = { ...request, headers, body: metadata(job) };
        return await sending.line.write(sent, sending.signal);
      } catch (error) {
        await trying.after(error);
      }
    }
  }

  return {
    hash: "md5",
    async send(job, sending) {
      let session: string | null = null;
      for await (const chunk of job.chunks) {
        if (chunk.from === 0 && chunk.last) return whole(job, chunk, sending);
        if (session === null) {
          const reply = await begin(job, sending);
          if (!reply.ok) return reply;
          session = addressIn(reply.answer.headers["location"]);
        }
        const reply = await put(session, chunk, sending);
        if (reply !== null) return reply;
      }
      throw new Unavailable("The upload ended without an answer");
    },
  };
}

/** Until Google has all of a piece; null where it waits for the next. */
async function put(session: string, chunk: Chunk, sending: Sending): Promise<Reply | null> {
  const { bytes, from, last } = chunk;
  const end = from + bytes.length;
  const trying = patience(sending.clock, sending.signal);
  let at = from;
  /** Whether it is known how much is there; if not, that is asked for. */
  let sure = true;

  const ask = (range: string, body: Uint8Array): Promise<Reply> => {
    const headers = { "content-range": `bytes ${range}/${last ? String(end) : "*"}` };
    const request = { method: "PUT", host: null, path: session, headers, body, limits: null };
    return sending.line.write({ ...request, fine: [308] }, sending.signal);
  };
  const goOn = async (): Promise<Reply | null> => {
    try {
      if (!sure) return await ask("*", nothing);
      return await ask(`${String(at)}-${String(end - 1)}`, bytes.subarray(at - from));
    } catch (error) {
      await trying.after(error);
      sure = false;
      return null;
    }
  };

  for (;;) {
    const reply = await goOn();
    if (reply === null) continue;
    const next = received(reply);
    if (next === null) return reply;
    if (next < from) throw new Unavailable("A part of the upload was lost; the file is sent again");
    if (next >= end && !last) return null;
    if (next > at) trying.moved();
    else if (sure) await trying.after(new Unavailable("The upload does not go on"));
    at = next;
    sure = true;
  }
}

const nothing = new Uint8Array();

/** Of a new file its name and its folder; what is there keeps those. */
const metadata = ({ id, place }: Job): string =>
  JSON.stringify(
    id !== null || place === null ? {} : { name: place.name, parents: [place.parent] },
  );

/** A session is at the host that was asked for it. */
function addressIn(location: string | undefined): string {
  const url = URL.parse(location ?? "");
  if (url === null) throw new Unavailable("The upload session has no address");
  return url.pathname + url.search;
}

/** How many bytes are there: `bytes=0-524287`, without it none; null where the upload is over. */
function received(reply: Reply): number | null {
  if (!reply.ok && reply.verdict.is === "missing")
    throw new Unavailable("The upload session is gone; the file is sent again");
  if (!reply.ok || reply.answer.status !== 308) return null;
  const last = /-(\d+)$/.exec(reply.answer.headers["range"] ?? "")?.[1];
  return last === undefined ? 0 : Number(last) + 1;
}
