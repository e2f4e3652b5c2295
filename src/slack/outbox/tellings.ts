import type { Actor } from "#domain/actor.ts";
import { isOver } from "#domain/run.ts";
import type { Incidents } from "#domain/ports/incidents.ts";
import type { Subject } from "#domain/ports/outbox.ts";
import { incidentId } from "#domain/ids.ts";
import type { Perform } from "#operations/contract.ts";
import { section } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { mrkdwn } from "../text/markup.ts";
import { maskedSentence } from "../text/mask.ts";
import { clock } from "../text/when.ts";
import { conflictCard } from "../views/conflict-card.ts";
import { digestMessage } from "../views/digest.ts";
import { incidentCard } from "../views/incident-card.ts";
import { outsideCard } from "../views/outside-card.ts";
import { runCard } from "../views/run-card.ts";
import { approvalTelling } from "./approval-telling.ts";
import { endpointCard } from "../views/deliveries.ts";
import { connectionTold, ifGone } from "./connection-tellings.ts";

/** What is to be said about a subject, as things are now. */
export type Telling = {
  message: Message;
  /** Where it goes first; then to the owner, then to the workspace's own channel. */
  channel: string;
  owner: string | null;
  /** A card posted before this is about an earlier time: it stays as it is and a new one is posted. */
  notBefore: Temporal.Instant | null;
  /** Whether it is worth a new message; if not, only what is there is brought up to date. */
  worthPosting: boolean;
  /** Goes into the thread of this subject's message. */
  under: Subject | null;
  /** To be told again soon, since it is still under way. */
  live: boolean;
};

const us: Actor = { kind: "system" };

/** Undefined when there is nothing to say any more. */
export async function telling(
  subject: Subject,
  about: {
    perform: Perform;
    incidents: Pick<Incidents, "history">;
    now: Temporal.Instant;
    channel: string;
  },
): Promise<Telling | undefined> {
  const { perform, incidents, channel } = about;
  const said = {
    channel,
    owner: null,
    notBefore: null,
    worthPosting: true,
    under: null,
    live: false,
  };
  switch (subject.kind) {
    case "incident":
      return incidentTelling(subject.id, said, about);
    case "incident_note":
      return noteTelling(subject, said, incidents);
    case "run":
      return runTelling(subject.id, said, about);
    case "conflicts":
      return conflictsTelling(subject.flow, said, about);
    case "digest":
      return digestTelling(said, perform);
    case "approval":
    case "approval_answer":
      return aboutApproval(subject, said, perform);
    case "endpoint":
      return endpointTelling(subject, said, perform);
    case "signed_in":
    case "expiry":
      return aboutConnection(subject, said, about);
    default:
      return subject satisfies never;
  }
}

async function incidentTelling(
  id: string,
  said: Omit<Telling, "message">,
  { perform, now }: { perform: Perform; now: Temporal.Instant },
): Promise<Telling> {
  const view = await perform("incidents.get", { incident: id }, us);
  const { state, openedAt } = view.incident;
  const about = { ...said, notBefore: openedAt, worthPosting: state.kind === "open" };
  if (view.flow === null) return { ...about, message: outsideCard(view, now), owner: view.owner };
  const { channel, owner } = view.flow;
  return { ...about, message: incidentCard(view, now), channel: channel ?? said.channel, owner };
}

async function runTelling(
  id: string,
  said: Omit<Telling, "message">,
  { perform, now }: { perform: Perform; now: Temporal.Instant },
): Promise<Telling | undefined> {
  const run = await perform("runs.get", { run: id }, us);
  if (run.channel === null) return undefined;
  const owner = run.trigger.kind === "person" ? run.trigger.by : null;
  const live = !isOver(run.state);
  return { ...said, message: runCard(run, now), channel: run.channel, owner, live };
}

async function digestTelling(
  said: Omit<Telling, "message">,
  perform: Perform,
): Promise<Telling | undefined> {
  const digest = await perform("digest.show", {}, us);
  if (!digest.settings.digest.on) return undefined;
  const channel = digest.settings.digest.channel ?? digest.settings.channel;
  return { ...said, message: digestMessage(digest), channel };
}

async function conflictsTelling(
  flow: string,
  said: Omit<Telling, "message">,
  { perform, now }: { perform: Perform; now: Temporal.Instant },
): Promise<Telling> {
  const found = await perform("conflicts.of", { flow }, us);
  return {
    ...said,
    message: conflictCard(found, now),
    channel: found.flow.channel ?? said.channel,
    owner: found.flow.owner,
    worthPosting: found.total > 0,
  };
}

async function noteTelling(
  { id, note }: Extract<Subject, { kind: "incident_note" }>,
  said: Omit<Telling, "message">,
  incidents: Pick<Incidents, "history">,
): Promise<Telling | undefined> {
  const entry = (await incidents.history(incidentId(id)))[note];
  if (!entry) return undefined;
  // No mention of anybody: a thread that mentions people fills their Threads view.
  const by = /^[UW][A-Z0-9]+$/.test(entry.by) ? mrkdwn`` : mrkdwn` (${entry.by})`;
  return {
    ...said,
    message: message([section(mrkdwn`${clock(entry.at)}  ${maskedSentence(entry.what, [])}${by}`)]),
    under: { kind: "incident", id },
  };
}

async function aboutApproval(
  subject: Extract<Subject, { kind: "approval" | "approval_answer" }>,
  said: Omit<Telling, "message">,
  perform: Perform,
): Promise<Telling | undefined> {
  const view = await perform("approvals.get", { approval: subject.id }, us);
  const told = approvalTelling(subject, view);
  return told && { ...said, ...told };
}

/** Of each time that it was switched off there is one card, which says in the end that it is on again. */
async function endpointTelling(
  { connection, subscription }: Extract<Subject, { kind: "endpoint" }>,
  said: Omit<Telling, "message">,
  perform: Perform,
): Promise<Telling | undefined> {
  const asked = { connection, ...(subscription !== undefined && { subscription }) };
  const view = await perform("deliveries.list", asked, us).catch(ifGone);
  if (view === undefined) return undefined;
  const { endpoint } = view;
  const off = endpoint.kind === "off";
  return {
    ...said,
    message: endpointCard(view),
    owner: view.connection.owner,
    notBefore: off ? endpoint.at : null,
    worthPosting: off,
  };
}

async function aboutConnection(
  subject: Extract<Subject, { kind: "signed_in" | "expiry" }>,
  said: Omit<Telling, "message">,
  about: { perform: Perform; now: Temporal.Instant; channel: string },
): Promise<Telling | undefined> {
  const told = await connectionTold(subject, about);
  return told && { ...said, ...told };
}

/** Said in a direct message or another channel, where the right one could not be reached. */
export const misplaced = (told: Message, channel: string): Message => {
  // A conversation between people has no door of its own: there is nobody to be invited by.
  if (!/^[#CG]/.test(channel)) return told;
  const where = /^#/.test(channel) ? channel : `<#${channel}>`;
  return message(
    [
      section({
        mrkdwn: `I am not in ${where}. Type \`/invite @Tieline\` there to see this there next time.`,
      }),
      ...told.blocks,
    ],
    told.picture,
  );
};
