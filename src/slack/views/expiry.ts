import type { ConnectionView } from "#operations/contract.ts";
import { actions, button, section } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { many } from "../text/amount.ts";
import { lines, mrkdwn, type Markup } from "../text/markup.ts";
import { moment } from "../text/when.ts";

/** "the QuickBooks sign-in of books expires in 6 days", as the rest of a line. */
export function endingWords(
  { connection, title, standing }: ConnectionView,
  now: Temporal.Instant,
): Markup {
  const { expires, refused } = standing;
  const which = mrkdwn`${title} sign-in of *${connection.name}*`;
  if (refused !== null) return mrkdwn`the ${which} is no longer accepted, since ${moment(refused)}`;
  if (expires === null) return which;
  const days = Math.floor(expires.since(now).total("hours") / 24);
  if (days < 0) return mrkdwn`the ${which} has expired, ${moment(expires)}`;
  const left = days === 0 ? "within a day" : `in ${many(days, "day")}`;
  return mrkdwn`the ${which} expires ${left}, ${moment(expires)}`;
}

/** What the owner of a connection hears before its sign-in ends, and when it has. */
export function endingMessage(view: ConnectionView, now: Temporal.Instant): Message {
  const { name } = view.connection;
  return message([
    section(
      lines(mrkdwn`● *Reconnect ${name}*: ${endingWords(view, now)}.`, consequence(view, now)),
    ),
    actions(button("Reconnect", "connection.invite", name, { style: "primary" })),
  ]);
}

function consequence({ usedBy, standing }: ConnectionView, now: Temporal.Instant): Markup {
  if (usedBy.length === 0) return mrkdwn`No flow uses it.`;
  const { refused, expires } = standing;
  const over = refused !== null || (expires !== null && expires.since(now).sign <= 0);
  const one = usedBy.length === 1;
  const what = over
    ? one
      ? "This flow waits for it"
      : "These flows wait for it"
    : one
      ? "This flow stops then"
      : "These flows stop then";
  return mrkdwn`${what}: ${usedBy.slice(0, 5).join(", ")}. Reconnecting keeps all that ${one ? "it remembers" : "they remember"}.`;
}

/** What such a message becomes when somebody has signed in again. */
export function renewedMessage({ connection, title, standing }: ConnectionView): Message {
  const until = standing.expires === null ? mrkdwn`` : mrkdwn` until ${moment(standing.expires)}`;
  return message([section(mrkdwn`✓ *${connection.name}* is signed in to ${title} again${until}.`)]);
}
