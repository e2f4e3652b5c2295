import type { Actor } from "#domain/actor.ts";
import { Mistake } from "#domain/errors.ts";
import type { Subject } from "#domain/ports/outbox.ts";
import { noticeDue } from "#operations/connections/expiry.ts";
import type { Perform } from "#operations/contract.ts";
import { connectionChecked } from "../views/connections.ts";
import { endingMessage, renewedMessage } from "../views/expiry.ts";

type About = { perform: Perform; now: Temporal.Instant; channel: string };

const us: Actor = { kind: "system" };

/** What is to be said of a connection's sign-in, to one person. Undefined when it is gone. */
export const connectionTold = (
  subject: Extract<Subject, { kind: "signed_in" | "expiry" }>,
  about: About,
) => (subject.kind === "signed_in" ? signInTold(subject, about) : expiryTold(subject, about));

/** What became of a sign-in, for whoever did it: the connection is looked at once more. */
async function signInTold(
  { connection, user }: Extract<Subject, { kind: "signed_in" }>,
  { perform }: About,
) {
  const checked = await perform("connections.check", { connection }, us).catch(ifGone);
  return checked && { message: connectionChecked(checked), channel: user };
}

/**
 * That a sign-in ends. Each notice is posted once, when its time has come; after that only what is there
 * is brought up to date.
 */
async function expiryTold(
  { connection: name, days }: Extract<Subject, { kind: "expiry" }>,
  { perform, now, channel }: About,
) {
  const all = await perform("connections.list", {}, us);
  const view = all.find(({ connection }) => connection.name === name);
  if (view === undefined) return undefined;
  const due = noticeDue(view.standing, now);
  const { refused, expires } = view.standing;
  const since = days === 0 ? (refused ?? expires) : expires?.subtract({ hours: 24 * days });
  return {
    message: due === null ? renewedMessage(view) : endingMessage(view, now),
    channel: view.connection.owner ?? channel,
    // A message from before that is about an earlier sign-in.
    notBefore: due === days ? (since ?? null) : null,
    worthPosting: due === days,
  };
}

export const ifGone = (error: unknown): undefined => {
  if (!(error instanceof Mistake)) throw error;
};
