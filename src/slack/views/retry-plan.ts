import type { RetryPlan } from "#operations/contract.ts";
import type { KnownBlock } from "@slack/types";
import { actions, button, section } from "../blocks.ts";
import type { Modal } from "../message.ts";
import { count, duration, many } from "../text/amount.ts";
import { joined, lines, mrkdwn, type Markup } from "../text/markup.ts";

/** What a retry of very many comes to, before it begins. */
export const planBlocks = (plan: RetryPlan): KnownBlock[] => [
  section(
    lines(
      mrkdwn`*${many(plan.records, "record")}* of *${plan.flow}* are sent to ${plan.titles.to} again, each as it is now with the corrections made to it.`,
      effort(plan),
      enough(plan),
      short(plan),
      leftOut(plan),
    ),
  ),
  section(
    lines(
      mrkdwn`*How it goes*`,
      mrkdwn`First one is tried, then ten, then the rest. It stops by itself when the same is said again; what it has not come to stays open.`,
      mrkdwn`It can be paused and cancelled on the card at any time. Live runs go first.`,
    ),
  ),
];

export const planModal = (plan: RetryPlan): Modal => ({
  form: "retry.start",
  title: "Retry",
  submit: `Retry all ${count(plan.records)}`,
  close: "Not now",
  meta: meant(plan),
  blocks: planBlocks(plan),
});

/** The plan as an answer in the conversation, where no modal is open. */
export const planAnswer = (plan: RetryPlan): KnownBlock[] => [
  ...planBlocks(plan),
  actions(
    button(
      `Retry all ${count(plan.records)}`,
      "retry.all",
      plan.incident === null ? `flow ${plan.flow}` : `incident ${plan.incident}`,
      { style: "primary" },
    ),
  ),
];

const meant = ({ incident, flow }: RetryPlan): Modal["meta"] =>
  incident === null ? { flow } : { incident };

function effort({ calls, minutes }: RetryPlan): Markup {
  const took = minutes === null ? mrkdwn`` : mrkdwn`, about ${duration(minutes * 60_000)}`;
  return mrkdwn`About ${many(calls, "call")}${took}, with half of what the tools allow.`;
}

/** What the tools still allow, against which the calls stand. */
function enough({ left, short: lacking }: RetryPlan): Markup | undefined {
  if (left.length === 0 || lacking !== null) return undefined;
  const parts = left.map(({ tool, calls }) => mrkdwn`${tool} leaves ${many(calls, "call")}`);
  return mrkdwn`Enough for today: ${joined(parts, ", ")}.`;
}

const short = ({ short: lacking }: RetryPlan): Markup | undefined =>
  lacking === null
    ? undefined
    : mrkdwn`${lacking.tool} leaves ${many(lacking.calls, "call")} for this today; the rest follows when it gives more.`;

const leftOut = ({ undecided }: RetryPlan): Markup | undefined =>
  undecided === 0
    ? undefined
    : mrkdwn`${many(undecided, "more record")} may have been written already and ${undecided === 1 ? "is" : "are"} left out: look at the tool, then retry one by one.`;
