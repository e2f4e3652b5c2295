import { namePattern, nameRule } from "#domain/ids.ts";
import type { FlowChoices, FlowSaved, FlowWords } from "#operations/contract.ts";
import type { At } from "../at.ts";
import type { Meta } from "../message.ts";
import { beginForm, newFlow, targetsFor } from "../views/flow-form/begin.ts";
import { rulesForm } from "../views/flow-form/rules.ts";
import type { Action, Form, Outcome, Sent, Values } from "./action.ts";
import { aboutEnds, editForm, gone } from "../views/flow-form/edit.ts";
import { showFields } from "./flow-fields.ts";
import { atInputs, wordsFrom } from "./flow-words.ts";
import { metaText, type Noun } from "./nouns.ts";

/** The button of lists and empty pages. */
const open: Action = {
  id: "flow-make.new",
  on: () => ({
    kind: "opens",
    title: newFlow,
    fill: async (at) => beginForm(await at.do("flows.choices", {}), nothing),
  }),
};
const nothing = { from: "", to: "", name: "" };

/** A source was chosen: now it is known where its records can go. */
const source: Action = {
  id: "flow-make.source",
  on: ({ value, view }) => ({
    kind: "turns",
    fill: async (at) =>
      beginForm(await at.do("flows.choices", {}), {
        from: value,
        to: targetIn(view?.values ?? {}),
        name: view?.values["name"] ?? "",
      }),
  }),
};

const targetIn = (values: Values): string =>
  Object.entries(values).find(([block]) => block.startsWith("to:"))?.[1] ?? "";

const begin: Form = {
  id: "flow-make.begin",
  async submit({ values }, at) {
    const choices = await at.do("flows.choices", {});
    const from = choices.ends.find(({ end }) => end === values["from"]);
    const to = from && targetsFor(choices, from).find(({ value }) => value === targetIn(values));
    if (from === undefined || to === undefined)
      return errors({
        from: "Please choose both ends: where records come from, then where they go.",
      });
    const name = values["name"]?.trim().toLowerCase() || freeName(from.end, to.end, choices);
    if (!namePattern.test(name)) return errors({ name: `Please use ${nameRule}.` });
    if (choices.names.includes(name)) return errors({ name: "There is a flow of this name." });
    const convert = to.conversion?.name ?? "";
    const about = await aboutEnds({ name, from: from.end, to: to.end, convert, flow: null }, at);
    if (about === null) return { kind: "modal", modal: gone };
    return { kind: "modal", modal: rulesForm(about, { warnings: [] }) };
  },
};

/** "contacts-to-books", and with a number where that is taken. */
function freeName(from: string, to: string, { names }: FlowChoices): string {
  const [, object = ""] = from.split("/");
  const [connection = ""] = to.split("/");
  const name = `${object}-to-${connection}`.replace(/[^a-z0-9-]+/g, "-").slice(0, 45);
  if (!names.includes(name)) return name;
  let number = 2;
  while (names.includes(`${name}-${number}`)) number += 1;
  return `${name}-${number}`;
}

const edit: Action = {
  id: "flow-make.edit",
  on: ({ value, view }) => ({
    kind: view === null ? "opens" : "turns",
    title: "Change a flow",
    fill: (at) => editForm(value, at),
  }),
};

const rules: Form = { id: "flow-make.rules", submit: saveRules };

/** Makes the flow, or a version of it; what the checks say stands at the inputs. */
async function saveRules({ meta, values }: Sent, at: At): Promise<Outcome> {
  const name = metaText(meta, "name");
  const ends = {
    from: metaText(meta, "from"),
    to: metaText(meta, "to"),
    convert: metaText(meta, "convert"),
  };
  const there = typeof meta["version"] === "number";
  const flow = there ? (await at.do("flows.get", { flow: name })).flow : null;
  const about = await aboutEnds({ name, ...ends, flow }, at);
  if (about === null) return { kind: "modal", modal: gone };
  const read = wordsFrom(values, { ...ends, source: about.origin.object }, flow);
  if (!read.ok) return errors(read.errors);
  const saved = await save(name, read.words, meta, at);
  switch (saved.kind) {
    case "wrong":
      return refused(saved.problems, values);
    case "warned":
      return { kind: "modal", modal: rulesForm(about, { warnings: saved.warnings }) };
    case "saved":
      return showFields(name, at, saved.warnings);
    default:
      return saved satisfies never;
  }
}

function save(name: string, words: FlowWords, meta: Meta, at: At): Promise<FlowSaved> {
  const { version, accept } = meta;
  return typeof version === "number"
    ? at.do("flows.change", { flow: name, version, to: words, accept: accept === 1 })
    : at.do("flows.add", { name, flow: words });
}

function refused(
  problems: Extract<FlowSaved, { kind: "wrong" }>["problems"],
  values: Values,
): Outcome {
  const { errors: found, rest } = atInputs(problems, values);
  const [first = "start"] = Object.keys(values);
  const said = rest.join(" ").slice(0, 1000);
  return errors(said === "" ? found : { ...found, [first]: [found[first], said].filter(Boolean).join(" ") }); // prettier-ignore
}

const errors = (found: Record<string, string>): Outcome => ({ kind: "errors", errors: found });

export default { actions: [open, source, edit], forms: [begin, rules] } satisfies Noun;
