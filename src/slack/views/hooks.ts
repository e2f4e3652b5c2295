import type { SubscriberView } from "#operations/deliveries/contract.ts";
import type { HookPlace, HooksRenewed, HooksView } from "#operations/hooks/contract.ts";
import type { KnownBlock } from "@slack/types";
import { actions, button, confirm, context, copyable, linkButton, section } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { lines, mrkdwn, type Markup } from "../text/markup.ts";
import { maskedSentence } from "../text/mask.ts";
import { switchOn, toldBlocks } from "./told.ts";
import { clock, moment } from "../text/when.ts";

const shown = 20;

/** What may be sent to a connection, and who is told of what it does. No token is in it. */
export function hooksShown(view: HooksView): Message {
  const { facts, madeAt, addresses } = view;
  const key = facts.token === "as_key" ? "key" : "token in them";
  return message([
    section(
      lines(
        head(view),
        isAsked(view)
          ? mrkdwn`✓ *Asked by us*, as soon as a flow waits for what it tells; each webhook has an address of its own.`
          : madeAt === null
            ? mrkdwn`● *No address yet*: nobody can send anything.`
            : mrkdwn`✓ The ${key} was made ${moment(madeAt)}. It was shown then and is not kept; a new one ends it.`,
        mrkdwn`${facts.about}`,
      ),
    ),
    ...(madeAt === null ? [] : places(addresses)),
    ...secretBlocks(view),
    ...(facts.failures === null ? [] : [context(mrkdwn`*Failures*  ${facts.failures.about}`)]),
    ...(isAsked(view) && facts.asks === null ? [] : [actions(renewButton(view))]),
    ...subscriberBlocks(view),
    ...toldBlocks(view),
  ]);
}

/** The addresses as a person has to give them to the tool. For their eyes alone, this once. */
export function hooksRenewed(view: HooksRenewed): Message {
  const { facts, addresses, key } = view;
  return message([
    section(
      lines(
        head(view),
        mrkdwn`✓ *Made just now.* Copy it before this message goes: it is shown this once. ${facts.about}`,
      ),
    ),
    ...(key === null ? [] : [section(mrkdwn`*Key*`), copyable(key)]),
    ...places(addresses),
    ...secretBlocks(view),
  ]);
}

/** The way to the page on which that is given; only ever shown to the one who asked for it. */
export const secretPage = (
  { connection, facts: { asks } }: HooksView,
  { url, expires }: { url: string; expires: Temporal.Instant },
): Message =>
  message([
    section(
      lines(
        mrkdwn`Copy the ${asks ?? "secret"} from the tool and give it to *${connection}* on this page. It opens once, until ${clock(expires)}.`,
        mrkdwn`What you give goes straight into our own encrypted store. Please never type it into Slack.`,
      ),
    ),
    actions(linkButton("Open the page", url)),
  ]);

/** Nobody has to give it an address: we do, flow by flow. */
const isAsked = ({ facts }: Pick<HooksView, "facts">): boolean => facts.watched.length > 0;

const head = ({ connection, title }: Pick<HooksView, "connection" | "title">): Markup =>
  mrkdwn`*${connection}*  ${title}`;

const places = (addresses: readonly HookPlace[]): KnownBlock[] =>
  addresses.length === 0
    ? []
    : [copyable(addresses.map(({ about, url }) => `${about}\n${url}`).join("\n\n"))];

/** What has to be copied from the tool goes onto the one-time page, never into Slack. */
function secretBlocks({ connection, facts, madeAt, verified }: Omit<HooksView, "addresses">) {
  const { asks } = facts;
  if (asks === null || madeAt === null) return [];
  const state = verified
    ? mrkdwn`✓ The ${asks} is known. Another one is believed beside it.`
    : facts.unsigned
      ? mrkdwn`○ Without the ${asks}, messages are believed by the secret address they come to alone.`
      : mrkdwn`● *The ${asks} is missing*: nothing that comes is believed before it is here.`;
  const give = button(`Give the ${asks}`, "hook.secret", connection, verified ? {} : { style: "primary" }); // prettier-ignore
  return [section(state, give)];
}

function renewButton({ connection, facts, madeAt, verified }: HooksView) {
  const what = facts.token === "as_key" ? "key" : "addresses";
  if (madeAt === null)
    return button(
      `Make the ${what}`,
      "hook.renew",
      connection,
      verified ? { style: "primary" } : {},
    );
  return button(`New ${what}`, "hook.renew", connection, {
    confirm: confirm(
      `New ${what}?`,
      `What was given to the tool before stops working at once, and has to be replaced there.`,
      `New ${what}`,
      "danger",
    ),
  });
}

function subscriberBlocks({ connection, facts, subscribers }: HooksView): KnownBlock[] {
  if (facts.events.length === 0) return [];
  if (subscribers.length === 0) return [context(mrkdwn`Nobody has asked to be told of an event.`)];
  const rest = subscribers.length - shown;
  return [
    section(mrkdwn`*Who asked to be told* of what flows write there, and of what happens here`),
    ...subscribers.slice(0, shown).map((one) => subscriberBlock(connection, one)),
    ...(rest > 0 ? [context(mrkdwn`And ${rest} more.`)] : []),
  ];
}

function subscriberBlock(connection: string, { id, event, endpoint }: SubscriberView): KnownBlock {
  const head = mrkdwn`${event}  ${id}`;
  if (endpoint.kind === "off")
    return section(
      lines(head, mrkdwn`● *Switched off* since ${moment(endpoint.at)}: ${maskedSentence(endpoint.reason, [])}`), // prettier-ignore
      switchOn(connection, id),
    );
  const { failingSince } = endpoint;
  return section(
    failingSince === null ? head : lines(head, mrkdwn`◔ *Takes none* since ${moment(failingSince)}; it is tried again and again.`), // prettier-ignore
    button("Remove", "hook.unsubscribe", `${connection} ${id}`, {
      confirm: confirm("Remove it?", "Whoever asked is told no more of this event, until they ask again.", "Remove"), // prettier-ignore
    }),
  );
}
