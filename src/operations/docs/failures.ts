import { changesAllowed } from "#domain/flow.ts";
import type { FlowFacts } from "./facts.ts";

/** What becomes of each class of failure, as the engine does it: one sentence each. */
export function failureItems({ flow, from, to, entity }: FlowFacts): readonly string[] {
  const one = entity?.one ?? "record";
  return [
    `A value of a ${one} cannot be used (${from.title} has no valid e-mail address, say): that ${one} alone is set aside, with a card; all others go on.`,
    `${to.title} refuses a ${one}: the same. Correct it from its card and press Retry, or correct it in ${from.title}: it is written with the next run.`,
    `Several records of ${to.title} match, or one is linked already: the ${one} waits until a person chooses. Nothing is guessed.`,
    `Something it refers to is not in ${to.title} yet: it waits and goes by itself when that arrives.`,
    `It is not known whether a write arrived: it is looked up before anything is sent again; where that cannot tell, a person does. Nothing is created twice.`,
    `${from.title} or ${to.title} asks us to slow down, or its allowance is spent: the run waits as long as it says and goes on where it was.`,
    `${from.title} or ${to.title} does not answer: it is tried again, ever more rarely; a card comes when that lasts.`,
    `A sign-in has ended: the flow pauses with one card. Sign in again and it goes on by itself.`,
    `A permission is missing: the flow pauses with one card. Give it, then resume the flow.`,
    `Nearly every ${one} is refused: the flow pauses, since then it is the setting that is wrong and not the records.`,
    guardText(flow),
    `Tieline is stopped or killed: the run goes on from the last page that was stored. Nothing is lost or doubled.`,
  ];
}

function guardText({ guard }: FlowFacts["flow"]): string {
  if (guard === null) return "A run may change and delete any number of records: its guard is off.";
  const share = `${Number((guard.changes * 100).toFixed(6))} %`;
  const few = changesAllowed(guard, 0);
  const least = few > 0 ? `, or ${few} where that is more,` : "";
  return `A run would change more than ${share} of the linked records${least} or delete more than ${guard.deletes}: it is held before the first of them until somebody else than the one who started it approves, within a day.`;
}
