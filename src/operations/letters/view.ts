import { chosenTarget, payload, type DeadLetter } from "#domain/dead-letter.ts";
import { accepted, type Entity } from "#domain/entities/entity.ts";
import { isBlank, type Value } from "#domain/fields.ts";
import type { End } from "#domain/flow.ts";
import type { Candidate } from "#domain/problem.ts";
import { valueText } from "#domain/value-text.ts";
import type { FormField, LetterView } from "../contract.ts";
import { checkField } from "../check-field.ts";
import { findFlow } from "../find.ts";
import { lookAround } from "../surroundings.ts";
import type { World } from "../world.ts";
import { titleOf } from "./line.ts";
import { neighbours } from "./neighbours.ts";

/** A dead letter with all a person needs to judge and correct it. */
export async function letterView(world: World, letter: DeadLetter): Promise<LetterView> {
  const [flow, around, beside] = await Promise.all([
    findFlow(world, letter.flow),
    lookAround(world),
    neighbours(world, letter),
  ]);
  const entity = around.entity(flow);
  const ends = letter.way === "there" ? flow : { from: flow.to, to: flow.from };
  const from = around.at(ends.from);
  const to = around.at(ends.to);
  const wrong = entity === null ? [] : wrongFields(letter, entity);
  const fields = entity === null ? [] : Object.keys(entity.fields);
  const content = payload(letter);
  const others = fields.filter((name) => !wrong.includes(name) && !isBlank(content[name]));
  const shown = entity === null ? [] : [...wrong, ...others];
  const form = (name: string): FormField => formField(name, entity, content[name] ?? null);
  return {
    letter,
    title: titleOf(letter, entity),
    flow,
    toolTitle: letter.direction === "write" ? to.title : from.title,
    titles: { from: from.title, to: to.title },
    wrong: [...choice(letter), ...wrong.map(form)],
    record: shown.map(form),
    link: linkTo(world, ends.from, letter, from.connection),
    ...beside,
  };
}

/** The field that was complained about, and every other that is not what it should be. */
function wrongFields(letter: DeadLetter, { fields }: Entity): readonly string[] {
  const content = payload(letter);
  const { field } = letter.problem;
  return Object.keys(fields)
    .filter((name) => {
      const type = fields[name]?.type;
      return name === field || (type !== undefined && !checkField(type, content[name] ?? null).ok);
    })
    .sort((a, b) => Number(b === field) - Number(a === field));
}

/** Several records of the target match: which one is meant. */
function choice({ problem, edited }: DeadLetter): readonly FormField[] {
  const candidates = problem.candidates ?? [];
  if (candidates.length === 0) return [];
  return [
    {
      name: chosenTarget,
      label: "Which record is meant",
      value: valueText(edited?.[chosenTarget] ?? null),
      accepted: candidates.map(candidateText).join("; "),
      personal: true,
      choices: candidates.map(({ id }) => id),
    },
  ];
}

const candidateText = ({ id, title, about }: Candidate): string =>
  about === undefined ? `${title} (${id})` : `${title} (${id}; ${about})`;

function formField(name: string, entity: Entity | null, value: Value): FormField {
  const field = entity?.fields[name];
  const type = field?.type ?? { kind: "text" };
  return {
    name,
    label: field?.label ?? name,
    value: valueText(value),
    accepted: accepted(type),
    personal: field?.personal ?? true,
    choices: choicesOf(type),
  };
}

function choicesOf(type: Parameters<typeof accepted>[0]): readonly string[] | null {
  if (type.kind === "choice") return type.of;
  return type.kind === "boolean" ? ["yes", "no"] : null;
}

const linkTo = (
  { tools }: World,
  from: End,
  { key }: DeadLetter,
  connection: Parameters<World["tools"]["link"]>[0] | null,
): string | null => connection && tools.link(connection, from.object, key);
