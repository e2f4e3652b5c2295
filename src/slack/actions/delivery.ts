import { Mistake } from "#domain/errors.ts";
import type { At } from "../at.ts";
import { section } from "../blocks.ts";
import { message } from "../message.ts";
import { many } from "../text/amount.ts";
import { mrkdwn } from "../text/markup.ts";
import { deliveriesPage, rangeForm, replayPlan } from "../views/deliveries.ts";
import { hooksShown } from "../views/hooks.ts";
import { chooseEvents } from "../views/told.ts";
import { closing, type Action, type Form } from "./action.ts";
import { metaText, type Noun } from "./nouns.ts";

const showPage = async (value: string, at: At) => {
  const [connection = "", page = "0"] = value.split(" ");
  return deliveriesPage(await at.do("deliveries.list", { connection, page: Number(page) }));
};

/** `<connection> <page>` */
const list: Action = {
  id: "delivery.list",
  on: ({ value }) => ({ kind: "opens", title: "Deliveries", fill: (at) => showPage(value, at) }),
};
const turn = (id: string): Action => ({
  id,
  on: ({ value }) => ({ kind: "turns", fill: (at) => showPage(value, at) }),
});

/** `<connection> <delivery>` */
const replayOne: Action = {
  id: "delivery.replay",
  on: ({ value }) => {
    const [connection = "", delivery = ""] = value.split(" ");
    return {
      kind: "turns",
      async fill(at) {
        await at.do("deliveries.replay", { connection, delivery });
        const view = await at.do("deliveries.list", { connection });
        return deliveriesPage(view, mrkdwn`✓ It is on its way once more.`);
      },
    };
  },
};

const range: Action = {
  id: "delivery.range",
  on: ({ value }) => ({
    kind: "opens",
    title: "Send once more",
    fill: () => Promise.resolve(rangeForm(value)),
  }),
};

/** What was asked for wrongly is said at its input. */
const planRange: Form = {
  id: "delivery.range",
  async submit({ meta, values: { from = "", to = "" } }, at) {
    const connection = metaText(meta, "connection");
    if (from.trim() === "") return { kind: "errors", errors: { from: "Please say from when." } };
    if (to.trim() === "") return { kind: "errors", errors: { to: "Please say until when." } };
    try {
      const plan = await at.do("deliveries.plan", { connection, from, to });
      return { kind: "modal", modal: replayPlan(plan) };
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      const input = error.message.includes(to.trim()) ? "to" : "from";
      return { kind: "errors", errors: { [input]: error.message } };
    }
  },
};

const replayRange: Form = {
  id: "delivery.replay",
  async submit({ meta }, at) {
    const asked = {
      connection: metaText(meta, "connection"),
      from: metaText(meta, "from"),
      to: metaText(meta, "to"),
    };
    const { connection, replayed } = await at.do("deliveries.replay", asked);
    return closing(
      message([section(mrkdwn`✓ ${many(replayed, "event")} on the way to *${connection}* once more.`)]), // prettier-ignore
    );
  },
};

const choose: Action = {
  id: "delivery.choose",
  on: ({ value }) => ({
    kind: "opens",
    title: "What it is told of",
    fill: async (at) => chooseEvents(await at.do("hooks.show", { connection: value })),
  }),
};

const chosen: Form = {
  id: "delivery.choose",
  async submit({ meta, values }, at) {
    const connection = metaText(meta, "connection");
    const events = (values["events"] ?? "").split(",").filter((type) => type !== "");
    return closing(hooksShown(await at.do("events.choose", { connection, events })));
  },
};

/** `<connection>`, or `<connection> <subscription>` */
const switchedOn: Action = {
  id: "delivery.switch-on",
  on: ({ value }) => ({
    kind: "does",
    async run(at) {
      const [connection = "", subscription] = value.split(" ");
      await at.do("deliveries.switch-on", { connection, ...(subscription && { subscription }) });
      const who = subscription === undefined ? mrkdwn`*${connection}*` : mrkdwn`*${connection}* · ${subscription}`; // prettier-ignore
      return {
        kind: "private",
        message: message([section(mrkdwn`✓ ${who} is on again; what waited is being sent.`)]),
      };
    },
  }),
};

export default {
  actions: [
    list,
    turn("delivery.newer"),
    turn("delivery.older"),
    replayOne,
    range,
    choose,
    switchedOn,
  ],
  forms: [planRange, replayRange, chosen],
} satisfies Noun;
