import { eventText, eventTypes } from "#domain/event.ts";
import type { HooksView, ToldView } from "#operations/contract.ts";
import type { KnownBlock } from "@slack/types";
import { actions, button, input, option, plain, section } from "../blocks.ts";
import type { Modal } from "../message.ts";
import { many } from "../text/amount.ts";
import { lines, mrkdwn, type Markup } from "../text/markup.ts";
import { maskedSentence } from "../text/mask.ts";
import { moment } from "../text/when.ts";

/** What a connection is told of that happens here, and how it takes it. */
export function toldBlocks({ connection, told }: Pick<HooksView, "connection" | "told">) {
  if (told === null) return [];
  const { events, endpoint } = told;
  const blocks: KnownBlock[] = [
    section(
      lines(
        events.length === 0
          ? mrkdwn`*Told of nothing that happens here.* It can be: of records that flows write, of runs, of what fails.`
          : mrkdwn`*Told when it happens here*  ${events.join(", ")}`,
        isUsed(told) ? stateLine(told) : undefined,
      ),
    ),
    actions(
      endpoint.kind === "off" ? switchOn(connection, null) : undefined,
      button("Choose events", "delivery.choose", connection),
      button("Deliveries", "delivery.list", `${connection} 0`),
    ),
  ];
  return blocks;
}

/** Its own address, or that of whoever asked by this subscription. */
export const switchOn = (connection: string, subscription: string | null) =>
  button("Switch on again", "delivery.switch-on", [connection, subscription ?? []].flat().join(" "), { style: "primary" }); // prettier-ignore

const isUsed = ({ events, endpoint, counts }: ToldView): boolean =>
  events.length > 0 ||
  endpoint.kind === "off" ||
  counts.delivered + counts.waiting + counts.failed > 0;

/** How it stands, a word first. */
export function stateLine({ endpoint, counts }: Omit<ToldView, "events">): Markup {
  const said = mrkdwn`${many(counts.delivered, "event")} delivered, ${counts.waiting} waiting, ${counts.failed} not taken`;
  if (endpoint.kind === "off")
    return mrkdwn`● *Switched off* since ${moment(endpoint.at)}: ${maskedSentence(endpoint.reason, [])} ${said}.`;
  return endpoint.failingSince === null
    ? mrkdwn`✓ *Takes them* · ${said}.`
    : mrkdwn`◔ *Takes none* since ${moment(endpoint.failingSince)}; it is tried again and again · ${said}.`;
}

/** All there are, those chosen that are told already. */
export function chooseEvents({ connection, told }: Pick<HooksView, "connection" | "told">): Modal {
  const options = eventTypes.map((type) => option(type, type));
  const chosen = options.filter(({ value }) => told?.events.some((type) => type === value));
  return {
    form: "delivery.choose",
    title: "What it is told of",
    submit: "Save",
    close: "Cancel",
    meta: { connection },
    blocks: [
      section(
        mrkdwn`*${connection}* is sent each of these as it happens, signed where its tool can tell. Nothing changes for whoever tells it.`,
      ),
      input(
        "events",
        "Events",
        {
          type: "multi_static_select",
          action_id: "value",
          placeholder: plain("Choose some", 150),
          options,
          ...(chosen.length === 0 ? {} : { initial_options: chosen }),
        },
        {
          hint: `Such as deal.won, when ${eventText("deal.won")}; run.finished, when ${eventText("run.finished")}. Empty is none.`,
          optional: true,
        },
      ),
    ],
  };
}
