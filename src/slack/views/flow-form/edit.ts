import { endText, type FlowPlan } from "#domain/flow.ts";
import type { At } from "../../at.ts";
import { section } from "../../blocks.ts";
import type { Modal } from "../../message.ts";
import { mrkdwn } from "../../text/markup.ts";
import { notice } from "../notice.ts";
import { rulesForm, type RulesAbout } from "./rules.ts";

/** The second page of a flow that is there. */
export async function editForm(name: string, at: At): Promise<Modal> {
  const { flow } = await at.do("flows.get", { flow: name });
  const about = await aboutEnds({ name: flow.name, ...endsOf(flow), flow }, at);
  return about === null ? gone : rulesForm(about, { warnings: [] });
}

const endsOf = ({ from, to }: FlowPlan) => ({ from: endText(from), to: endText(to) });
export const gone = notice("Change a flow", [
  section(mrkdwn`One of the two ends of this flow is not there any more.`),
]);

type Named = { name: string; from: string; to: string; flow: RulesAbout["flow"] };

export async function aboutEnds(named: Named, at: At): Promise<RulesAbout | null> {
  const { ends, zone } = await at.do("flows.choices", {});
  const from = ends.find(({ end }) => end === named.from);
  const to = ends.find(({ end }) => end === named.to);
  if (from === undefined || to === undefined) return null;
  return { name: named.name, from, to, flow: named.flow, zone, asker: askerOf(at) };
}

export const askerOf = ({ actor }: At): string | null =>
  actor.kind === "slack" ? actor.user : null;
