import type { Clock } from "#domain/ports/world.ts";
import type { Variables } from "../manifest/template.ts";
import type { Line, Reply } from "../request/line.ts";
import type { Chunks } from "./chunks.ts";

/** A file to be sent. */
export type Job = {
  /** Of the file that gets this content; null for a new one. */
  id: string | null;
  version: string | null;
  /** As the tool takes it. */
  path: string;
  /** Where the tool has folders by their ids. */
  place: { parent: string; name: string } | null;
  mediaType: string | null;
  chunks: Chunks;
};

export type Sending = { line: Line; clock: Clock; shared: Variables; signal: AbortSignal };

/** One tool's way of taking a file. */
export type Upload = {
  /** The hash by which the tool tells what it has got. */
  hash: string;
  /** The answer is the file's record. @throws OutcomeUnknown when it may or may not be there */
  send(job: Job, sending: Sending): Promise<Reply>;
};
