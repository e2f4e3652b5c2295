import type { HookAnswer, HookRequest } from "#domain/ports/hooks.ts";
import type { Json } from "#domain/json.ts";

/** What a handshake comes to; it is signed by nothing, so the address's own token has to do. */
export type Greeting = {
  answer: HookAnswer;
  /**
   * A secret that messages will be signed with, kept before the answer is given: the first that comes, or
   * any that the tool says is its own when it is sent back.
   */
  learns: { secret: string; once: "the_first" | "sent_back" } | null;
};

export type Greeted = Pick<HookRequest, "method" | "url" | "headers"> & {
  content: Json | undefined;
};

/** One way of being asked whether we are there. Null where a request is no such question. */
export type HandshakeKind<Options> = (request: Greeted, options: Options) => Greeting | null;

/** A value of ours could not be told from a page of somebody's, so it is text and nothing else. */
export const echoed = (text: string): HookAnswer => ({
  status: 200,
  headers: { "content-type": "text/plain; charset=utf-8" },
  body: text,
});

/** Nobody's challenge is longer, and none has signs that would end a line. */
export const isChallenge = (text: string | undefined | null): text is string =>
  typeof text === "string" && /^[\x20-\x7e]{1,1024}$/.test(text);
