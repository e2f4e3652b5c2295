import { Mistake } from "#domain/errors.ts";
import type { Side } from "#domain/truth.ts";
import type { ConflictView } from "#operations/contract.ts";
import type { At } from "../at.ts";
import { actions, button, section } from "../blocks.ts";
import type { Modal } from "../message.ts";
import { mrkdwn } from "../text/markup.ts";
import { allBlock, alwaysBlock, choiceBlock, decideModal } from "../views/decide.ts";
import { notice, working } from "../views/notice.ts";
import type { Action, Form, Outcome, Sent, Values } from "./action.ts";
import { metaText, type Noun } from "./nouns.ts";

const show = async (conflict: string, at: At) =>
  decideModal(await at.do("conflicts.show", { conflict }));

const decide: Action = {
  id: "conflict.decide",
  on: ({ value }) => ({ kind: "opens", title: "Decide", fill: (at) => show(value, at) }),
};
const next: Action = {
  id: "conflict.next",
  on: ({ value }) => ({ kind: "turns", fill: (at) => show(value, at) }),
};

const choose: Form = { id: "conflict.choose", submit: chooseWith };

export default { actions: [decide, next], forms: [choose] } satisfies Noun;

/** State and version are read again: what was chosen between other values than now is not written. */
async function chooseWith({ meta, values }: Sent, at: At): Promise<Outcome> {
  const conflict = metaText(meta, "conflict");
  const seen = await at.do("conflicts.show", { conflict });
  const version = Number(meta["version"]);
  const choices = chosenIn(seen, version, values);
  const [first] = seen.fields;
  if (Object.keys(choices).length === 0 && seen.conflict.version === version && first !== undefined)
    return {
      kind: "errors",
      errors: { [choiceBlock(seen, first.name)]: "Choose a side for at least one field." },
    };
  const always = values[alwaysBlock] === "always" ? Object.keys(choices) : [];
  try {
    const { run } = await at.do("conflicts.choose", { conflict, version, choices, always });
    const what = mrkdwn`Looking at both sides again, then writing…`;
    return {
      kind: "meanwhile",
      modal: working("Decide", what),
      after: () => written(run.id, conflict, at),
    };
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return { kind: "modal", modal: decideModal(await at.do("conflicts.show", { conflict }), { problem: error.message }) }; // prettier-ignore
  }
}

function chosenIn(view: ConflictView, version: number, values: Values): Record<string, Side> {
  const seen = { ...view, conflict: { ...view.conflict, version } };
  const all = values[allBlock(seen)];
  return Object.fromEntries(
    view.fields.flatMap(({ name }): [string, Side][] => {
      const own = values[choiceBlock(seen, name)];
      const value = own === "later" && isSide(all) ? all : own;
      return isSide(value) ? [[name, value]] : [];
    }),
  );
}

const isSide = (value: string | undefined): value is Side =>
  value === "source" || value === "target";

/** Most are over in a second or two; a slow tool is not waited for beyond 25. */
async function written(run: string, conflict: string, at: At): Promise<Modal> {
  for (let waited = 0; waited < 25_000; waited += 250) {
    const { state } = await at.do("runs.get", { run });
    if (state.kind === "done" || state.kind === "failed" || state.kind === "cancelled") break;
    await at.pause(250);
  }
  const view = await at.do("conflicts.show", { conflict });
  switch (view.conflict.state.kind) {
    case "settled":
      if (view.conflict.state.why === "one_way") return decideModal(view);
      return notice("Decide", [
        section(mrkdwn`✓ Written: *${view.title}* is the same in ${view.titles.from} and ${view.titles.to}.`), // prettier-ignore
        ...(view.next === null ? [] : [actions(button("Next", "conflict.next", view.next, { style: "primary" }))]), // prettier-ignore
      ]);
    case "chosen":
      return notice("Decide", [
        section(mrkdwn`Your decision is kept. It is not written yet: ${view.flow.name} says so when something is in its way.`), // prettier-ignore
      ]);
    case "open":
      return decideModal(view, {
        done: "What you chose is written. This is what still differs: you left it, or one side has changed again since.",
      });
    default:
      return view.conflict.state satisfies never;
  }
}
