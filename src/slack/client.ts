import { RetryLater, SignInAgain, Unavailable } from "#domain/errors.ts";
import { webApi } from "@slack/bolt";
import type { Message } from "./message.ts";

/** Slack said no to what was asked, and will say so again: `channel_not_found`. */
export class SlackRefused extends Error {
  override readonly name = "SlackRefused";
  readonly code: string;

  constructor(code: string, options?: ErrorOptions) {
    super(`Slack refused: ${code}`, options);
    this.code = code;
  }
}

/** What we ask of Slack's Web API. All of it throws RetryLater, Unavailable, SignInAgain or SlackRefused. */
export type SlackApi = {
  /** A channel id, a `#name`, or a user id for a direct message. */
  post(
    channel: string,
    message: Message,
    thread?: string,
  ): Promise<{ channel: string; ts: string }>;
  update(channel: string, ts: string, message: Message): Promise<void>;
  /** Seen by one person only, until they reload. */
  whisper(channel: string, user: string, message: Message, thread?: string): Promise<void>;
  /** A canvas in a channel, from Markdown; null where Slack does not say where it stands. */
  canvas(channel: string, title: string, markdown: string): Promise<{ link: string | null }>;
  /** Uploads a picture without sharing it; returns the file's id for an image block. */
  upload(png: Uint8Array, filename: string, alt: string): Promise<string>;
};

/** No names are linked. `chat.update` would make links of words unless told not to (its reference, `parse`). */
const literal = { parse: "none", link_names: false } as const;
/** A card says what it says and fetches nothing. */
const quiet = { ...literal, unfurl_links: false, unfurl_media: false } as const;

export function slackApi(client: webApi.WebClient, uploads: webApi.WebClient): SlackApi {
  return {
    async post(channel, { text, blocks }, thread) {
      const about = { channel, text, blocks, ...quiet };
      const answer = await asking(() =>
        client.chat.postMessage(thread === undefined ? about : { ...about, thread_ts: thread }),
      );
      return { channel: answer.channel ?? channel, ts: answer.ts ?? "" };
    },

    async update(channel, ts, { text, blocks }) {
      await asking(() => client.chat.update({ channel, ts, text, blocks, ...literal }));
    },

    async whisper(channel, user, { text, blocks }, thread) {
      const about = { channel, user, text, blocks, ...literal };
      await asking(() =>
        client.chat.postEphemeral(thread === undefined ? about : { ...about, thread_ts: thread }),
      );
    },

    async canvas(channel, title, markdown) {
      const { canvas_id: file } = await asking(() =>
        client.canvases.create({
          channel_id: channel,
          title,
          document_content: { type: "markdown", markdown },
        }),
      );
      if (file === undefined) return { link: null };
      const about = await asking(() => client.files.info({ file })).catch(() => null);
      return { link: about?.file?.permalink ?? null };
    },

    async upload(png, filename, alt) {
      const file = Buffer.from(png);
      const answer = await asking(() =>
        uploads.filesUploadV2({
          file,
          filename,
          title: "Integrations",
          alt_text: alt.slice(0, 1000),
        }),
      );
      const id = uploadedId(answer);
      if (id === undefined) throw new SlackRefused("no_file");
      return id;
    },
  };
}

/** files.completeUploadExternal answers with the files, wrapped once more by the SDK. */
function uploadedId(answer: unknown): string | undefined {
  const text = JSON.stringify(answer);
  return /"id":"(F[A-Z0-9]+)"/.exec(text)?.[1];
}

const signedOut = new Set([
  "invalid_auth",
  "not_authed",
  "account_inactive",
  "token_revoked",
  "token_expired",
]);
const passing = new Set([
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
]);

/** Makes a call and names what goes wrong for what to do next. */
export async function asking<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw translated(error);
  }
}

function translated(error: unknown): unknown {
  if (error instanceof webApi.WebAPIRateLimitedError)
    return new RetryLater("Slack asks us to slow down.", error.retryAfter * 1000, { cause: error });
  if (error instanceof webApi.WebAPIPlatformError) return refusal(String(error.data.error), error);
  if (error instanceof webApi.WebAPIRequestError || error instanceof webApi.WebAPIHTTPError)
    return new Unavailable("Slack cannot be reached just now.", { cause: error });
  return error;
}

function refusal(code: string, cause: Error): Error {
  if (code === "ratelimited") return new RetryLater("Slack asks us to slow down.", 5000, { cause });
  if (signedOut.has(code))
    return new SignInAgain(`Slack does not accept our token any more (${code}).`, { cause });
  if (passing.has(code)) return new Unavailable(`Slack has a problem (${code}).`, { cause });
  return new SlackRefused(code, { cause });
}
