import type { HookRequest } from "#domain/ports/hooks.ts";

/**
 * Whether a message is from whom it should be. `id` is its own id where the way of signing has one: the
 * same again is the same message.
 */
export type Verified = { ok: true; id: string | null } | { ok: false };

export const forged: Verified = { ok: false };
export const genuine: Verified = { ok: true, id: null };

/** What a message is checked with. */
export type Checking = {
  /** Each may be the one it was signed with: while one is replaced there are two. */
  secrets: readonly string[];
  now: Temporal.Instant;
};

/** One way of proving that a message is from a tool. Never throws, whatever was sent. */
export type VerifyKind<Options> = (
  request: Pick<HookRequest, "method" | "url" | "headers" | "body">,
  options: Options,
  checking: Checking,
) => Verified;
