import type { ConnectionName } from "#domain/ids.ts";
import type { Subscriptions } from "#domain/ports/subscriptions.ts";
import type { Heard } from "#domain/ports/tools.ts";
import type { Log } from "#domain/ports/world.ts";
import { noContent } from "../request/answer-text.ts";
import type { Line, Reply } from "../request/line.ts";
import type { Prepared } from "../request/prepare.ts";
import { heardBy } from "../request/heard.ts";
import { NoAddress } from "../request/session.ts";

/**
 * Sends an event to the connection's own address, if it has one, and to all who asked for it. The first
 * refusal is what is answered; who was told is not told again when the event is repeated.
 */
export type TellAll = (
  event: string,
  request: Prepared,
  how: { signal: AbortSignal; heard: Heard | undefined },
) => Promise<Reply>;

type Parts = {
  connection: ConnectionName;
  line: Line;
  subscriptions: Subscriptions;
  log: Log;
};

/** What this process remembers of the events it sent last; after a crash some are told twice. */
const remembered = 2000;
const ourOwn = "";

export function makeTellAll({ connection, line, subscriptions, log }: Parts): TellAll {
  const told = new Map<string, Set<string>>();

  const toldOf = (id: string): Set<string> => {
    const known = told.get(id) ?? new Set<string>();
    told.delete(id);
    told.set(id, known);
    const [oldest] = told.keys();
    if (told.size > remembered && oldest !== undefined) told.delete(oldest);
    return known;
  };

  /** Who only wants others to be told has no address of their own. */
  const tellOwn = (request: Prepared, signal: AbortSignal): Promise<Reply> =>
    line.write(request, signal).catch((error: unknown) => {
      if (error instanceof NoAddress) return nobody;
      throw error;
    });

  return async (event, request, { signal, heard }) => {
    const done = toldOf(request.id ?? "");
    if (!done.has(ourOwn)) {
      const reply = await tellOwn(heardBy(heard, request, null), signal);
      if (!reply.ok) return reply;
      done.add(ourOwn);
    }
    for (const { id, url } of await subscriptions.to(connection, event)) {
      if (done.has(id)) continue;
      const reply = await line.tell(url, heardBy(heard, request, id), signal);
      if (!reply.ok && reply.failure.status !== gone) return reply;
      done.add(id);
      if (reply.ok) continue;
      log.info("a subscription is gone", { connection, subscription: id });
      await subscriptions.remove(connection, id);
    }
    return nobody;
  };
}

/** Source: docs.zapier.com, REST hooks: whoever answers so is to be told no more. */
const gone = 410;

const nobody: Reply = {
  ok: true,
  answer: { status: 204, headers: {}, text: "", ...noContent },
};
