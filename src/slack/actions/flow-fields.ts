import type { Flow } from "#domain/flow.ts";
import type { FlowWords } from "#operations/contract.ts";
import { flowWords } from "#operations/workspace/flow-words.ts";
import type { At } from "../at.ts";
import type { Meta, Modal } from "../message.ts";
import { mrkdwn } from "../text/markup.ts";
import { fieldForm } from "../views/flow-form/field.ts";
import { fieldsForm } from "../views/flow-form/fields.ts";
import { kindOf } from "../views/inspect.ts";
import { complaint, working } from "../views/notice.ts";
import type { Action, Form, Outcome, Sent, Values } from "./action.ts";
import { metaText, type Noun } from "./nouns.ts";

/** Three records have to be read first, which takes a tool a moment. */
export const showFields = (
  flow: string,
  at: At,
  warnings: readonly string[] = [],
): Extract<Outcome, { kind: "meanwhile" }> => ({
  kind: "meanwhile",
  modal: working("Fields", mrkdwn`Reading three records for *${flow}*…`),
  after: async () => fieldsForm(await at.do("flows.samples", { flow }), warnings),
});

const back: Action = {
  id: "flow-make.back",
  on: ({ value }) => ({
    kind: "turns",
    fill: async (at) => fieldsForm(await at.do("flows.samples", { flow: value })),
  }),
};

/** A button carries which field of which version: `<flow> <version> <field>`. */
const field: Action = {
  id: "flow-make.field",
  on: ({ value }) => ({ kind: "turns", fill: (at) => one(value.split(" "), at) }),
};

async function one([flow = "", version = "", name = ""]: string[], at: At): Promise<Modal> {
  const samples = await at.do("flows.samples", { flow });
  const move = samples.moves.find((each) => each.field === name);
  return move === undefined || String(samples.flow.version) !== version
    ? fieldsForm(samples, [`${flow} was changed meanwhile; this is how it is now.`])
    : fieldForm(samples, move);
}

const save: Form = { id: "flow-make.field", submit: saveField };

async function saveField({ meta, values: given }: Sent, at: At): Promise<Outcome> {
  const name = metaText(meta, "flow");
  const changed = metaText(meta, "field");
  const values = { ...keptIn(meta), ...given };
  const missing = missingIn(values);
  if (missing !== null) return { kind: "errors", errors: missing };
  const { flow } = await at.do("flows.get", { flow: name });
  const saved = await at.do("flows.change", {
    flow: name,
    version: Number(meta["version"]),
    to: withField(flow, changed, values),
    accept: meta["accept"] === 1,
  });
  switch (saved.kind) {
    case "wrong": {
      const said = saved.problems.map(({ message }) => message).join(" ");
      return { kind: "errors", errors: { how: said.slice(0, 1000) } };
    }
    case "warned":
      return { kind: "modal", modal: toAccept(saved.warnings, meta, values) };
    case "saved":
      return showFields(name, at, saved.warnings);
    default:
      return saved satisfies never;
  }
}

const asked = ["how", "source", "always"];

/** A flow that is on is changed at once, so what there is to think about comes first. */
const toAccept = (warnings: readonly string[], meta: Meta, values: Values): Modal => ({
  form: "flow-make.field",
  title: "Please look first",
  submit: "Save anyway",
  close: "Cancel",
  meta: {
    ...meta,
    ...Object.fromEntries(asked.map((name) => [name, values[name] ?? ""])),
    accept: 1,
  },
  blocks: warnings.slice(0, 20).map((warning) => complaint(warning)),
});

/** What was chosen before the warnings were shown. */
const keptIn = (meta: Meta): Values =>
  Object.fromEntries(asked.flatMap((name) => (name in meta ? [[name, String(meta[name])]] : [])));

function missingIn(values: Values): Record<string, string> | null {
  if (values["how"] === "from" && (values["source"] ?? "") === "")
    return { source: "Please choose the field it is filled from." };
  if (values["how"] === "always" && (values["always"] ?? "").trim() === "")
    return { always: "Please type the value it always has." };
  return null;
}

/** The flow, in which one field is filled as the form says. */
function withField(flow: Flow, name: string, values: Values): FlowWords {
  const { [name]: _from, ...map } = flow.map;
  const { [name]: _always, ...set } = flow.set;
  const leaveOut = flow.leaveOut.filter((one) => one !== name);
  const { map: _map, set: _set, leave_out: _leaveOut, ...words } = flowWords(flow);
  const how = values["how"];
  return {
    ...words,
    map: how === "from" ? { ...map, [name]: values["source"] } : map,
    set: how === "always" ? { ...set, [name]: typed(name, values["always"] ?? "") } : set,
    leave_out: how === "left_out" ? [...leaveOut, name] : leaveOut,
  };
}

const typed = (field: string, text: string): string | boolean => {
  const said = text.trim();
  const isYesOrNo = kindOf(field) === "boolean" && /^(yes|no)$/i.test(said);
  return isYesOrNo ? /^yes$/i.test(said) : said;
};

export default { actions: [back, field], forms: [save] } satisfies Noun;
