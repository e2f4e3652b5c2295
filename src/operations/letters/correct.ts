import { chosenTarget, payload, separate, type DeadLetter } from "#domain/dead-letter.ts";
import type { Entity } from "#domain/entities/entity.ts";
import { Mistake } from "#domain/errors.ts";
import type { Fields, Value } from "#domain/fields.ts";
import { z } from "zod";
import { checkField } from "../check-field.ts";
import { findFlow, findLetter, unknown } from "../find.ts";
import { letterField } from "../input.ts";
import { operation } from "../operation.ts";
import { lookAround } from "../surroundings.ts";
import { whenText, whoText } from "../when.ts";
import { settledText } from "./settled.ts";
import { letterView } from "./view.ts";

const value = z.union([z.string().max(10_000), z.boolean(), z.null()]);

export const lettersCorrect = operation("letters.correct", {
  title: "Correcting a record",
  needs: "operator",
  audited: "always",
  input: z.strictObject({
    letter: letterField,
    version: z.int().min(0).describe("the version of the record that was corrected"),
    fields: z.record(z.string(), value).describe("fields with a text, yes, no or nothing"),
  }),
  told: ({ letter, fields }) => ({ letter, fields: Object.keys(fields).slice(0, 40) }),

  async run({ letter: id, version, fields }, { world, by, at }) {
    const letter = await findLetter(world, id);
    const settled = settledText(letter);
    if (settled !== null) throw new Mistake(`${settled} Your correction was not kept.`);
    if (letter.version !== version) throw new Mistake(overtaken(letter));

    const entity = (await lookAround(world)).entity(await findFlow(world, letter.flow));
    const corrected = checkFields(letter, fields, entity);
    const what =
      corrected[chosenTarget] === separate
        ? "Said that it is a record of its own"
        : `Corrected ${labels(Object.keys(corrected), entity)}`;
    const edited = { ...payload(letter), ...corrected };
    if (!(await world.letters.edit(letter.id, version, edited, { at, by, what })))
      throw new Mistake(overtaken(await findLetter(world, id)));
    return { letter: await letterView(world, await findLetter(world, id)) };
  },
});

function checkFields(letter: DeadLetter, fields: Fields, entity: Entity | null): Fields {
  const names = Object.keys(fields);
  if (names.length === 0)
    throw new Mistake("There is nothing to correct: no field was given.", { usage: true });
  return Object.fromEntries(
    names.map((name) => {
      const given = fields[name] ?? null;
      return [name, name === chosenTarget ? target(letter, given) : one(name, given, entity)];
    }),
  );
}

function one(name: string, given: Value, entity: Entity | null): Value {
  const known = entity?.fields ?? {};
  const field = Object.hasOwn(known, name) ? known[name] : undefined;
  if (field === undefined) throw unknown("field", name, Object.keys(known));
  const checked = checkField(field.type, given);
  if (!checked.ok) throw new Mistake(`${field.label} ${checked.message}.`, { usage: true });
  return checked.value;
}

function target({ problem }: DeadLetter, given: Value): Value {
  const ids = (problem.candidates ?? []).map(({ id }) => id);
  if (given === null || given === "") return null;
  if (given === separate && problem.class === "ambiguous_match") return separate;
  if (typeof given === "string" && ids.includes(given)) return given;
  throw new Mistake(
    ids.length === 0
      ? "There is no choice between records to be made here."
      : `Choose one of the records that match: ${ids.join(", ")}.`,
    { usage: true },
  );
}

const labels = (names: readonly string[], entity: Entity | null): string =>
  names
    .map((name) => (name === chosenTarget ? "which record is meant" : entity?.fields[name]?.label))
    .join(", ");

/** Two people correct one record: the second keeps their text and sees what the first did. */
function overtaken(letter: DeadLetter): string {
  const last = letter.history.at(-1);
  const since =
    last === undefined
      ? ""
      : ` (${whoText(last.by)}, ${whenText(last.at)}: ${last.what.toLowerCase()})`;
  return `Somebody changed this record while you had it open${since}. Your text was not kept: look at it again, then correct it.`;
}
