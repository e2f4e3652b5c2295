import { chosenTarget, separate } from "#domain/dead-letter.ts";
import { Mistake } from "#domain/errors.ts";
import type { Fields, Value } from "#domain/fields.ts";
import type { LetterView } from "#operations/contract.ts";
import type { At } from "../at.ts";
import { section } from "../blocks.ts";
import { message } from "../message.ts";
import { mrkdwn, person } from "../text/markup.ts";
import { asSent } from "../views/as-sent.ts";
import { discardModal } from "../views/discard.ts";
import { fieldBlock, inspectModal, kindOf } from "../views/inspect.ts";
import { notice } from "../views/notice.ts";
import { retriedModal, trying } from "../views/retried.ts";
import { closing, type Action, type Form, type Outcome, type Sent, type Values } from "./action.ts";
import { metaText, type Noun } from "./nouns.ts";

const show = async (letter: string, at: At) =>
  inspectModal(await at.do("letters.show", { letter }));

const inspect: Action = {
  id: "letter.inspect",
  on: ({ value }) => ({ kind: "opens", title: "Inspect", fill: (at) => show(value, at) }),
};
const turn = (id: string): Action => ({
  id,
  on: ({ value }) => ({ kind: "turns", fill: (at) => show(value, at) }),
});

const raw: Action = {
  id: "letter.raw",
  on: ({ value: letter }) => ({
    kind: "opens",
    title: "As it was sent",
    fill: async (at) => asSent(await at.do("letters.raw", { letter })),
  }),
};

const askWhy: Action = {
  id: "letter.discard",
  on: ({ value }) => ({
    kind: "opens",
    title: "Discard",
    async fill(at) {
      const { toolTitle, letter } = await at.do("letters.show", { letter: value });
      if (letter.state.kind !== "open")
        return notice("Discard", [section(mrkdwn`This record is not open any more.`)]);
      return discardModal("letter.discard", 1, toolTitle, { letter: value });
    },
  }),
};

const discard: Form = {
  id: "letter.discard",
  async submit({ meta, values }, at) {
    const reason = values["reason"]?.trim() ?? "";
    if (reason === "") return { kind: "errors", errors: { reason: "Please say why." } };
    const letter = metaText(meta, "letter");
    const { discarded } = await at.do("letters.discard", { letters: [letter], reason });
    return closing(
      message([
        section(
          discarded > 0
            ? mrkdwn`The record is discarded: ${reason}`
            : mrkdwn`The record was settled or taken for a retry meanwhile, so it was not discarded.`,
        ),
      ]),
    );
  },
};

/** `<letter> <version>`: as the flow was then. */
const retryAs: Action = {
  id: "letter.retry-as",
  on: ({ value }) => {
    const [letter = "", version = ""] = value.split(" ");
    return {
      kind: "turns",
      fill: async (at) =>
        tryNow(await at.do("letters.show", { letter }), at, { version: Number(version) }),
    };
  },
};

/** `<letter> <version>`: it is none of the records that match. */
const keepApart: Action = {
  id: "letter.separate",
  on: ({ value }) => {
    const [letter = "", version = ""] = value.split(" ");
    return {
      kind: "turns",
      async fill(at) {
        const seen = await at.do("letters.show", { letter });
        if (seen.letter.state.kind !== "open") return inspectModal(seen);
        if (seen.letter.version !== Number(version)) return inspectModal(seen, overtaken(seen, []));
        const fields = { [chosenTarget]: separate };
        await at.do("letters.correct", { letter, version: seen.letter.version, fields });
        return tryNow(seen, at);
      },
    };
  },
};

const retry: Form = { id: "letter.retry", submit: retryWith };

export default {
  actions: [inspect, turn("letter.previous"), turn("letter.next"), raw, askWhy, retryAs, keepApart],
  forms: [retry, discard],
} satisfies Noun;

/** Keeps what was corrected, then tries, and shows what came of it. */
async function retryWith({ meta, values }: Sent, at: At): Promise<Outcome> {
  const seen = await at.do("letters.show", { letter: metaText(meta, "letter") });
  if (seen.letter.state.kind !== "open") return { kind: "modal", modal: inspectModal(seen) };
  if (seen.letter.version !== meta["version"])
    return { kind: "modal", modal: inspectModal(seen, overtaken(seen, typed(values))) };

  const corrected = corrections(seen, values);
  if (Object.keys(corrected).length > 0) {
    const refusal = await correct(seen, corrected, at);
    if (refusal) return refusal;
  }
  return { kind: "meanwhile", modal: trying(seen), after: () => tryNow(seen, at) };
}

/** Somebody kept another correction while this form was open; the person's own text is not lost. */
function overtaken({ letter }: LetterView, own: readonly string[]): string {
  const last = letter.history.at(-1);
  const by = last ? ` by ${person(last.by).mrkdwn.replace(/[<>@]/g, "")}` : "";
  const kept = own.length > 0 ? ` You had typed: ${own.join("; ")}.` : "";
  return `This record was changed${by} while you had it open, so nothing of yours was kept.${kept} Below is what it is now.`;
}

const typed = (values: Values): string[] => Object.values(values).filter((value) => value !== "");

/** What differs from the form as it was shown. Empty means: the tool shall have it empty. */
function corrections(view: LetterView, values: Values): Fields {
  const target = values[fieldBlock(view, chosenTarget)];
  const changed = view.wrong
    .map((field) => ({ field, value: values[fieldBlock(view, field.name)] }))
    .filter(({ field, value }) => value !== undefined && value !== field.value)
    .map(({ field, value }): [string, Value] => [field.name, asValue(field.name, value ?? "")]);
  return Object.fromEntries(target ? [...changed, [chosenTarget, target]] : changed);
}

function asValue(field: string, text: string): Value {
  if (text === "") return null;
  return kindOf(field) === "boolean" ? text === "yes" : text;
}

async function correct(seen: LetterView, fields: Fields, at: At): Promise<Outcome | undefined> {
  const { id, version } = seen.letter;
  try {
    await at.do("letters.correct", { letter: id, version, fields });
    return undefined;
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    const label = (name: string) => seen.wrong.find((field) => field.name === name)?.label ?? name;
    const names = Object.keys(fields);
    const meant = names.find((name) => error.message.includes(label(name))) ?? names[0] ?? "";
    return { kind: "errors", errors: { [fieldBlock(seen, meant)]: error.message } };
  }
}

/** Most retries of one record are over in a second or two; a slow tool is not waited for beyond 25. */
async function tryNow(seen: LetterView, at: At, as: { version?: number } = {}) {
  const { id } = seen.letter;
  const { run } = await at.do("letters.retry", { letters: [id], ...as });
  for (let waited = 0; run !== null && waited < 25_000; waited += 250) {
    const { over } = await at.do("letters.outcome", { run: run.id });
    if (over) break;
    await at.pause(250);
  }
  return retriedModal(await at.do("letters.show", { letter: id }));
}
