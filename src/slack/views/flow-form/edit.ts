import { endText, type FlowPlan } from "#domain/flow.ts";
import type { At } from "../../at.ts";
import { section } from "../../blocks.ts";
import type { Modal } from "../../message.ts";
import { mrkdwn } from "../../text/markup.ts";
import { notice } from "../notice.ts";
import { pullableOf } from "./pull.ts";
import { startsFor } from "./starts.ts";
import { targetsFor } from "./begin.ts";
import type { RulesAbout } from "./about.ts";
import { rulesForm } from "./rules.ts";

/** The second page of a flow that is there. */
export async function editForm(name: string, at: At): Promise<Modal> {
  const { flow } = await at.do("flows.get", { flow: name });
  const about = await aboutEnds({ name: flow.name, ...endsOf(flow), flow }, at);
  return about === null ? gone : rulesForm(about, { warnings: [] });
}

const endsOf = ({ from, to, convert }: FlowPlan) => ({
  from: endText(from),
  to: endText(to),
  convert: convert ?? "",
});

export const gone = notice("Change a flow", [
  section(mrkdwn`One of the two ends of this flow is not there any more.`),
]);

type Named = Pick<RulesAbout, "name" | "flow"> & { from: string; to: string; convert: string };

/** What the second page is about; null where an end or the conversion is not there any more. */
export async function aboutEnds(named: Named, at: At): Promise<RulesAbout | null> {
  const choices = await at.do("flows.choices", {});
  const { name, flow, convert } = named;
  const origin = choices.ends.find(({ end }) => end === named.from);
  const value = convert === "" ? named.to : `${named.to} ${convert}`;
  const to = origin && targetsFor(choices, origin).find((target) => target.value === value);
  if (origin === undefined || to === undefined) return null;
  const { zone } = choices;
  const published = startsFor(choices.published, name, origin, flow);
  const pullable = pullableOf(choices.brings, origin, to);
  return { name, origin, to, flow, pullable, published, zone, asker: askerOf(at) };
}

const askerOf = ({ actor }: At): string | null => (actor.kind === "slack" ? actor.user : null);
