import type { Attempt, Delivery } from "#domain/delivery.ts";
import type { DeliveriesView, ReplayPlan } from "#operations/contract.ts";
import type { InputBlock, KnownBlock } from "@slack/types";
import { actions, button, confirm, context, input, plain, section } from "../blocks.ts";
import { message, type Message, type Modal } from "../message.ts";
import { many } from "../text/amount.ts";
import { cut } from "../text/cut.ts";
import { lines, mrkdwn, person, type Markup } from "../text/markup.ts";
import { maskedSentence } from "../text/mask.ts";
import { clock, moment } from "../text/when.ts";
import { notice } from "./notice.ts";
import { stateLine, switchOn } from "./told.ts";

const title = "Deliveries";
/** Of one delivery, the newest. */
const shownTries = 4;

/** What was and is to be sent to a connection, a page of it. `said`: what was just done. */
export function deliveriesPage(view: DeliveriesView, said?: Markup): Modal {
  const { connection, deliveries, endpoint, page, pages } = view;
  const { name } = connection;
  const turn = (label: string, id: string, to: number) => button(label, id, `${name} ${to}`);
  return notice(title, [
    ...(said === undefined ? [] : [section(said)]),
    section(lines(mrkdwn`*${name}*  ${view.title}`, stateLine(view))),
    actions(
      endpoint.kind === "off" ? switchOn(name, null) : undefined,
      button("Send a time once more", "delivery.range", name),
    ),
    ...(deliveries.length === 0 ? [context(mrkdwn`Nothing was to be sent in the last 30 days.`)] : []), // prettier-ignore
    ...deliveries.flatMap((one) => deliveryBlocks(name, one)),
    ...(pages === 1
      ? []
      : [
          actions(
            page > 0 ? turn("Newer", "delivery.newer", page - 1) : undefined,
            page < pages - 1 ? turn("Older", "delivery.older", page + 1) : undefined,
          ),
          context(mrkdwn`Page ${page + 1} of ${pages}`),
        ]),
  ]);
}

function deliveryBlocks(connection: string, delivery: Delivery): KnownBlock[] {
  const { id, event, attempts, flow, subscription } = delivery;
  const again = button("Send once more", "delivery.replay", `${connection} ${id}`, {
    confirm: confirm("Send it once more?", "It goes out under the same webhook-id, by which whoever took it already can tell.", "Send it"), // prettier-ignore
  });
  const tries = attempts.slice(-shownTries);
  const more = attempts.length - tries.length;
  return [
    section(
      lines(
        mrkdwn`${stateWord(delivery)}  *${event.type}* · ${moment(event.at)}`,
        flow === null ? undefined : mrkdwn`written by *${flow}*`,
        subscription === null ? undefined : mrkdwn`to ${subscription}, who asked to be told`,
        ...(more > 0 ? [mrkdwn`${many(more, "earlier try", "earlier tries")}`] : []),
        ...tries.map(tryLine),
      ),
      again,
    ),
  ];
}

function stateWord({ state, next, flow }: Delivery): Markup {
  switch (state) {
    case "delivered":
      return mrkdwn`✓ Delivered`;
    case "failed":
      return flow === null ? mrkdwn`● Given up` : mrkdwn`● Not taken; its flow goes on with it`;
    case "waiting":
      return next === null ? mrkdwn`◔ Waiting` : mrkdwn`◔ Waiting, next try ${moment(next)}`;
    default:
      return state satisfies never;
  }
}

function tryLine({ at, status, ms, answer }: Attempt): Markup {
  const said = answer === "" ? mrkdwn`` : mrkdwn`  ${cut(maskedSentence(answer, []), 120)}`;
  return mrkdwn`${clock(at)}  ${status === null ? "no answer" : String(status)} · ${ms} ms${said}`;
}

/** Which time is meant. */
export const rangeForm = (connection: string): Modal => ({
  form: "delivery.range",
  title: "Send once more",
  submit: "Show how many",
  close: "Cancel",
  meta: { connection },
  blocks: [
    section(mrkdwn`All that was to be sent to *${connection}* of what happened in this time, by flows and by ourselves, whether it was taken or not. How many that are is shown first.`), // prettier-ignore
    time("from", "From"),
    time("to", "To"),
  ],
});

const time = (block: string, label: string): InputBlock =>
  input(
    block,
    label,
    {
      type: "plain_text_input",
      action_id: "value",
      max_length: 40,
      placeholder: plain("2026-11-25 14:00", 150),
    },
    { hint: "A day, or a day and a time, in the zone of the digest. Deliveries are kept for 30 days." }, // prettier-ignore
  );

/** How many it would be, before anything is sent. */
export const replayPlan = ({ connection, count, from, to }: ReplayPlan): Modal => ({
  form: "delivery.replay",
  title: "Send once more",
  submit: "Send them",
  close: "Cancel",
  meta: { connection, from: from.toString(), to: to.toString() },
  blocks: [
    section(
      mrkdwn`*${many(count, "event")}* to *${connection}*, from ${moment(from)} to ${moment(to)}. Each goes out under its own webhook-id, as before.`,
    ),
  ],
});

/** The one card of an address that takes no events any more. */
export function endpointCard(view: DeliveriesView): Message {
  const { connection, subscriber, endpoint, counts } = view;
  const { name, owner } = connection;
  const who = subscriber === null ? mrkdwn`*${name}*` : mrkdwn`*${name}* · ${subscriber.id}`;
  if (endpoint.kind === "on")
    return message([section(mrkdwn`✓ On again  ${who} · what waited is being sent.`)]);
  return message([
    section(
      lines(
        subscriber === null
          ? mrkdwn`● Switched off  ${who} · ${view.title}`
          : mrkdwn`● Switched off  ${who}, who asked for ${subscriber.event} · ${view.title}`,
        mrkdwn`${maskedSentence(endpoint.reason, [])} ${many(counts.waiting, "event")} waiting; nothing is lost for 30 days.`,
        mrkdwn`Likely fix: look at what takes them there, then switch it on again.`,
        owner === null ? undefined : mrkdwn`Owner: ${person(owner)}`,
      ),
    ),
    actions(
      switchOn(name, subscriber?.id ?? null),
      button("Deliveries", "delivery.list", `${name} 0`),
    ),
  ]);
}
