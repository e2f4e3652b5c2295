import { accepted } from "#domain/entities/entity.ts";
import type { NativeField } from "#domain/ports/connector-facts.ts";
import { valueText } from "#domain/value-text.ts";
import type { FieldMove } from "../contract.ts";
import type { RunbookPart } from "./contract.ts";
import type { FlowFacts } from "./facts.ts";

type Move = FieldMove;

/** A row for each field that moves: where each tool has it, and how it is written. */
export function fieldParts(facts: FlowFacts): RunbookPart[] {
  const { flow, from, to, moves } = facts;
  if (flow.convert !== null)
    return [{ kind: "text", text: `The conversion ${flow.convert} says which: it is one file.` }];
  const moving = moves.filter(({ how }) => how.kind !== "nothing" && how.kind !== "left_out");
  if (moving.length === 0)
    return [{ kind: "text", text: "None, as far as the tools are still known." }];
  const left = moves.filter(({ how }) => how.kind === "left_out").map(({ label }) => label);
  const missing = moves.filter(({ how }) => how.kind === "nothing").map(({ label }) => label);
  return [
    {
      kind: "table",
      head: ["Field", `In ${from.title}`, `In ${to.title}`, "How", "For example"],
      rows: moving.map((move) => rowOf(move, facts)),
    },
    ...(left.length === 0 ? [] : [{ kind: "text", text: `The flow keeps its hands off ${left.join(", ")}.` } as const]), // prettier-ignore
    ...(missing.length === 0 ? [] : [{ kind: "text", text: `${from.title} does not have ${missing.join(", ")}, so nothing is written there.` } as const]), // prettier-ignore
    ...(flow.twoWay === null ? [] : [{ kind: "text", text: `Changed on both sides: ${truthText(facts)}.` } as const]), // prettier-ignore
  ];
}

function rowOf({ field, label, how }: Move, facts: FlowFacts): readonly string[] {
  const there = nativeOf(facts.to, field);
  if (how.kind === "always")
    return [label, `always “${valueText(how.value)}”`, there.path, there.how, ""];
  const here = nativeOf(facts.from, how.kind === "from" ? how.field : field);
  const name = how.kind === "from" ? `${label} (from ${how.label})` : label;
  const type = facts.entity?.fields[field]?.type;
  const example = type === undefined ? "" : exampleOf(accepted(type));
  return [name, here.path, there.path, waysText(here.how, there.how), example];
}

/** Our own records, and those of a tool not known any more, are as their fields are called. */
function nativeOf({ object, connection }: FlowFacts["from"], field: string): NativeField {
  const native = object?.native?.[field];
  if (native === undefined) return { path: field, how: asItIs };
  // A name that the connection's settings say; where they do not, it is as the tool calls it itself.
  const path = native.path.replace(/\{(\w+)\}/g, (_all, name: string) => connection?.settings[name] ?? name); // prettier-ignore
  return { ...native, path };
}

const asItIs = "As it is.";

/** As the source has it, and as the target does where that is another way. */
function waysText(here: string, there: string): string {
  if (here === there || there === asItIs) return here;
  return here === asItIs ? there : `${here} → ${there}`;
}

/** "ada@example.com" of "an e-mail address, such as ada@example.com". */
const exampleOf = (sentence: string): string => /such as ([^;]+)/.exec(sentence)?.[1] ?? "";

function truthText({ flow: { twoWay }, from, to }: FlowFacts): string {
  if (twoWay === null) return "";
  const fields = Object.entries(twoWay.fields).map(([field, rule]) => `${field}: ${rule}`);
  const first = { source: `${from.title} counts`, target: `${to.title} counts`, newest: "the newest counts", non_empty: "what is not empty counts", union: "lists are joined", ask: "a person is asked" }[twoWay.default]; // prettier-ignore
  return [first, ...fields].join("; ");
}
