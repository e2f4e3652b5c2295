import { Mistake } from "#domain/errors.ts";
import type { FlowIncidentView } from "#operations/contract.ts";
import { few } from "#operations/letters/contract.ts";
import type { At } from "../at.ts";
import { section } from "../blocks.ts";
import { message, toAsker, type Modal, type Reply } from "../message.ts";
import { many } from "../text/amount.ts";
import { mrkdwn, person, type Markup } from "../text/markup.ts";
import { clock } from "../text/when.ts";
import { discardModal } from "../views/discard.ts";
import { inspectModal } from "../views/inspect.ts";
import { notice } from "../views/notice.ts";
import { paused } from "../views/paused.ts";
import { planAnswer } from "../views/retry-plan.ts";
import { closing, type Action, type Click, type Deed, type Form } from "./action.ts";
import { metaText, type Noun } from "./nouns.ts";

const inspect: Action = {
  id: "incident.inspect",
  on: ({ value }) => ({ kind: "opens", title: "Inspect", fill: (at) => firstLetter(value, at) }),
};

const retry: Action = {
  id: "incident.retry",
  on: ({ value }) => ({ kind: "does", run: (at) => retryAll(value, at) }),
};

const close: Action = {
  id: "incident.close",
  on: ({ value }) => ({ kind: "does", run: (at) => markFixed(value, at) }),
};

/** The rest of a card's deeds, in its overflow: `snooze <id>`. */
const more: Action = { id: "incident.more", on: (click) => moreDeed(click) };

function moreDeed({ value }: Click): Deed {
  const [what, id = ""] = value.split(" ");
  if (what === "discard") return { kind: "opens", title: "Discard", fill: (at) => askWhy(id, at) };
  if (what === "snooze") return { kind: "does", run: (at) => snooze(id, at) };
  if (what === "pause") return { kind: "does", run: (at) => pause(id, at) };
  return { kind: "does", run: () => Promise.resolve({ kind: "nothing" }) };
}

const discard: Form = {
  id: "incident.discard",
  async submit({ meta, values }, at) {
    const reason = values["reason"]?.trim() ?? "";
    if (reason === "") return { kind: "errors", errors: { reason: "Please say why." } };
    const id = metaText(meta, "incident");
    const { discarded } = await at.do("letters.discard", { incident: id, reason });
    await at.tell({ kind: "incident", id });
    return closing(message([section(mrkdwn`${many(discarded, "record")} discarded: ${reason}`)]));
  },
};

export default { actions: [inspect, retry, close, more], forms: [discard] } satisfies Noun;

/** Cards of other incidents have no such buttons; a forged click has one. */
async function ofFlow(id: string, at: At): Promise<FlowIncidentView> {
  const view = await at.do("incidents.get", { incident: id });
  if (view.flow === null)
    throw new Mistake("There are no records to this: it happened at the tool.");
  return view;
}

async function markFixed(id: string, at: At): Promise<Reply> {
  const { incident } = await at.do("incidents.close", { incident: id });
  await at.tell({ kind: "incident", id: incident.id });
  return toAsker([section(mrkdwn`Marked as fixed. Should it fail again, there is a new card.`)]);
}

async function firstLetter(id: string, at: At): Promise<Modal> {
  const view = await ofFlow(id, at);
  if (view.firstLetter === null) return notice("Inspect", [section(await stale(view, at))]);
  return inspectModal(await at.do("letters.show", { letter: view.firstLetter }));
}

/** State is read again at the click: somebody, or the next run, may have been quicker. */
async function retryAll(id: string, at: At): Promise<Reply> {
  const view = await ofFlow(id, at);
  if (view.incident.state.kind === "closed" || view.incident.open === 0)
    return toAsker([section(await stale(view, at))]);
  if (view.incident.open > few)
    return toAsker(planAnswer(await at.do("letters.plan", { incident: id })));
  const { taken, busy } = await at.do("letters.retry", { incident: id });
  await at.tell({ kind: "incident", id });
  if (taken > 0)
    return toAsker([
      section(
        mrkdwn`Retrying ${many(taken, "record")} of ${view.flow.name}. The card says how it goes.`,
      ),
    ]);
  const [first] = busy;
  if (!first) return toAsker([section(await stale(view, at))]);
  const { letters } = await at.do("letters.list", { incident: id, limit: 100 });
  const state = letters.find(({ letter }) => letter.id === first.id)?.letter.state;
  const since = state?.kind === "retrying" ? mrkdwn`, ${clock(state.since)}` : mrkdwn``;
  return toAsker([section(mrkdwn`Already being retried by ${person(first.by)}${since}.`)]);
}

/** What happened since the button was made, and its card put right. */
async function stale({ incident }: FlowIncidentView, at: At): Promise<Markup> {
  await at.tell({ kind: "incident", id: incident.id });
  const { state } = incident;
  if (state.kind === "closed")
    return mrkdwn`Already settled by ${person(state.by)}, ${clock(state.at)}. I have brought the card up to date.`;
  return mrkdwn`Nothing of this is open any more: each record is written, being retried or discarded. I have brought the card up to date.`;
}

async function askWhy(id: string, at: At): Promise<Modal> {
  const view = await ofFlow(id, at);
  if (view.incident.open === 0) return notice("Discard", [section(await stale(view, at))]);
  return discardModal("incident.discard", view.incident.open, view.toolTitle, { incident: id });
}

async function snooze(id: string, at: At): Promise<Reply> {
  const { incident } = await at.do("incidents.snooze", { incident: id, hours: 24 });
  await at.tell({ kind: "incident", id });
  if (incident.state.kind !== "snoozed")
    throw new Mistake("This was settled meanwhile, so there is nothing to snooze.");
  return toAsker([
    section(
      mrkdwn`Snoozed until tomorrow, ${clock(incident.state.until)}. What it is about goes on; only its card is quiet.`,
    ),
  ]);
}

async function pause(id: string, at: At): Promise<Reply> {
  const { flow } = await ofFlow(id, at);
  const { stopped } = await at.do("flows.pause", { flow: flow.name });
  for (const run of stopped) await at.tell({ kind: "run", id: run.id });
  await at.tell({ kind: "incident", id });
  return toAsker([section(paused(flow.name, stopped))]);
}
