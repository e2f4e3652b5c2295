import type { Actor } from "#domain/actor.ts";
import { Mistake } from "#domain/errors.ts";
import type { Subject } from "#domain/ports/outbox.ts";
import { noticeDue } from "#operations/connections/expiry.ts";
import type { Perform } from "#operations/contract.ts";
import type { Message } from "../message.ts";
import { connectionChecked } from "../views/connections.ts";
import { endingMessage, renewedMessage } from "../views/expiry.ts";

const us: Actor = { kind: "system" };

/** What became of a sign-in, for whoever did it: the connection is looked at once more. */
export async function signInTold(
  { connection }: Extract<Subject, { kind: "signed_in" }>,
  perform: Perform,
): Promise<Message | undefined> {
  const checked = await perform("connections.check", { connection }, us).catch(ifGone);
  return checked && connectionChecked(checked);
}

/**
 * That a sign-in ends. Each notice is posted once, when its time has come; after that only what is there
 * is brought up to date.
 */
export async function expiryTold(
  { connection: name, days }: Extract<Subject, { kind: "expiry" }>,
  perform: Perform,
  now: Temporal.Instant,
) {
  const all = await perform("connections.list", {}, us);
  const view = all.find(({ connection }) => connection.name === name);
  if (view === undefined) return undefined;
  const due = noticeDue(view.standing, now);
  const { refused, expires } = view.standing;
  const since = days === 0 ? (refused ?? expires) : expires?.subtract({ hours: 24 * days });
  return {
    message: due === null ? renewedMessage(view) : endingMessage(view, now),
    owner: view.connection.owner,
    // A message from before that is about an earlier sign-in.
    notBefore: due === days ? (since ?? null) : null,
    worthPosting: due === days,
  };
}

const ifGone = (error: unknown): undefined => {
  if (!(error instanceof Mistake)) throw error;
};
