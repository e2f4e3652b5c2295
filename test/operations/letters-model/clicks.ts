import type { Actor } from "#domain/actor.ts";
import { Mistake } from "#domain/errors.ts";
import { team } from "../support/room.ts";
import type { Desk } from "./desk.ts";
import { after, isOpen, letterOf, takenBy, type Model } from "./model.ts";

/** One thing that a person does with a letter: what they should be told, and what they are. */
export type Click = {
  by: string;
  letter: string;
  /** What it does to the model, and what is said of it. */
  expect(model: Model): string;
  act(desk: Desk): Promise<string>;
};

export const as = (user: string): Actor => ({ kind: "slack", team, user });

/** The same sentence whatever the time, as far as the model knows it. */
async function said(asked: Promise<string>): Promise<string> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    const { message } = error;
    const overtaken = /Somebody changed this record while you had it open \((@?\w+),.*Your text was not kept/.exec(message); // prettier-ignore
    if (overtaken !== null) return `overtaken by ${overtaken[1] ?? ""}`;
    const settled = /already being (retried) by @?(\w+)|was already (written|discarded) by @?(\w+)|(changed) at its source since/.exec(message); // prettier-ignore
    if (settled === null) return message;
    const [, retried, by, done, who, changed] = settled;
    return [retried ?? done ?? changed ?? "", by ?? who ?? "", message.includes("Your correction was not kept") ? "not kept" : ""].filter(Boolean).join(" "); // prettier-ignore
  }
}

/** What somebody is told who comes too late; null while it is open. */
function tooLate(letter: ReturnType<typeof letterOf>): string | null {
  const { state, history } = letter;
  const by = (history.at(-1) ?? "").split(" ")[0] ?? "";
  switch (state) {
    case "open":
      return null;
    case "retrying":
      return `retried ${takenBy(letter)}`;
    case "superseded":
      return "changed";
    case "written":
    case "discarded":
      return `${state} ${by}`;
    default:
      return state satisfies never;
  }
}

/** Sends the form that they have before them: an edit of what they saw. */
export const correct = (by: string, notes: string, letter: string): Click => ({
  by,
  letter,
  expect(model) {
    const form = model.forms.get(by);
    if (form === undefined) return "no form";
    const now = letterOf(model, form.letter);
    const late = tooLate(now);
    if (late !== null) return `${late} not kept`;
    if (now.history.length !== form.seen) return `overtaken by @${(now.history.at(-1) ?? "").split(" ")[0] ?? ""}`; // prettier-ignore
    model.letters.set(form.letter, after(now, by, { edited: notes }));
    return "kept";
  },
  async act({ perform, forms }) {
    const form = forms.get(by);
    if (form === undefined) return "no form";
    const { id, version } = form;
    return said(perform("letters.correct", { letter: id, version, fields: { notes } }, as(by)).then(() => "kept")); // prettier-ignore
  },
});

export const discard = (by: string, letter: string): Click => ({
  by,
  letter,
  expect(model) {
    const now = letterOf(model, letter);
    const late = tooLate(now);
    if (late !== null) return late;
    model.letters.set(letter, after(now, by, { state: "discarded" }));
    return "discarded 1";
  },
  async act({ perform, letters }) {
    const id = (await letters()).get(letter)?.id ?? "";
    return said(perform("letters.discard", { letters: [id], reason: "no use" }, as(by)).then(({ discarded }) => `discarded ${String(discarded)}`)); // prettier-ignore
  },
});

export const retry = (by: string, letter: string): Click => ({
  by,
  letter,
  expect(model) {
    const now = letterOf(model, letter);
    if (!isOpen(now)) return now.state === "retrying" ? `busy with ${takenBy(now)}` : "nothing"; // prettier-ignore
    model.letters.set(letter, after(now, by, { state: "retrying" }));
    model.runs.push({ id: "", by, state: "waiting", work: { kind: "retry", letters: [letter] } });
    return "retrying";
  },
  async act({ perform, letters }) {
    const id = (await letters()).get(letter)?.id ?? "";
    const { run, busy } = await perform("letters.retry", { letters: [id] }, as(by));
    if (run !== null) return "retrying";
    return busy.length === 0 ? "nothing" : `busy with ${busy[0]?.by ?? ""}`;
  },
});
