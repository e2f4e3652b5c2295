import { isTest, type Test, type When, type Where } from "#domain/condition.ts";
import type { Entity, Field, FieldKind } from "#domain/entities/entity.ts";
import type { Plain } from "#domain/fields.ts";
import { isLines } from "#domain/fields.ts";
import { checkField } from "../check-field.ts";

type Fault = { path: readonly string[]; message: string };
type Kind = FieldKind["kind"];
type Operator = keyof Test;

const always: readonly Operator[] = ["filled", "empty"];
const more: Partial<Record<Kind, readonly Operator[]>> = {
  number: ["more_than", "less_than"],
  money: ["more_than", "less_than"],
  date: ["before", "after"],
  instant: ["before", "after"],
};

/** What may be asked of a field of this kind, besides a plain value. */
export const operatorsFor = ({ kind }: FieldKind): readonly Operator[] =>
  kind === "lines" || kind === "content"
    ? always
    : ["not", "any", ...(more[kind] ?? []), ...always];

/** What is wrong with the condition on a field; paths begin below its name. */
export function conditionFaults(
  name: string,
  asked: Plain | Test,
  { type }: Pick<Field, "type">,
): readonly Fault[] {
  const able = operatorsFor(type);
  const takes = `${name} takes ${able.join(", ")}`;
  if (!isTest(asked)) {
    if (!able.includes("not") && asked !== null)
      return [{ path: [], message: `a list cannot be compared; ${takes}` }];
    return valueFault([], name, type, asked);
  }
  return Object.entries(asked).flatMap(([operator, value]) =>
    able.includes(operator as Operator)
      ? operandFaults(operator as Operator, value as Operand, name, type)
      : [{ path: [operator], message: `${operator} does not fit ${name}; ${takes}` }],
  );
}

type Operand = Plain | readonly Plain[] | When;

function operandFaults(
  operator: Operator,
  value: Operand,
  name: string,
  type: FieldKind,
): readonly Fault[] {
  if (operator === "filled" || operator === "empty") return [];
  if (operator === "before" || operator === "after")
    return dayFaults(operator, value as When, type);
  const values = [value as Plain | readonly Plain[]].flat();
  if (operator !== "not" && operator !== "any" && values.every((one) => one === ""))
    return [{ path: [operator], message: `${operator} needs a number, such as "1000"` }];
  return values.flatMap((one) => valueFault([operator], name, type, one)).slice(0, 1);
}

/** A point in time may be asked for by its day. */
function dayFaults(operator: Operator, when: When, { kind }: FieldKind): readonly Fault[] {
  if (typeof when !== "string" || when === "today") return [];
  const kinds = kind === "instant" ? (["date", "instant"] as const) : (["date"] as const);
  if (when !== "" && kinds.some((one) => checkField({ kind: one }, when).ok)) return [];
  const message = `${operator} must be today, { today: -7 } or a day such as 2026-01-01`;
  return [{ path: [operator], message }];
}

function valueFault(path: readonly string[], name: string, type: FieldKind, value: Plain): Fault[] {
  const checked = checkField(type, value);
  return checked.ok ? [] : [{ path, message: `${name} ${checked.message}` }];
}

/** Conditions in the one spelling that records have: `fr` is `FR`, "1000.00" is "1000". */
export const spelledWhere = (where: Where, { fields }: Pick<Entity, "fields">): Where =>
  Object.fromEntries(
    Object.entries(where).map(([name, asked]) => {
      const type = fields[name]?.type;
      return [name, type === undefined ? asked : spelledTest(asked, type)];
    }),
  );

function spelledTest(asked: Plain | Test, type: FieldKind): Plain | Test {
  const spell = (value: Plain): Plain => {
    const checked = checkField(type, value);
    return checked.ok && !isLines(checked.value) ? checked.value : value;
  };
  if (!isTest(asked)) return spell(asked);
  const { not, any, more_than: moreThan, less_than: lessThan } = asked;
  return {
    ...asked,
    ...(not !== undefined && { not: isList(not) ? not.map(spell) : spell(not) }),
    ...(any !== undefined && { any: any.map(spell) }),
    ...(moreThan !== undefined && { more_than: String(spell(moreThan)) }),
    ...(lessThan !== undefined && { less_than: String(spell(lessThan)) }),
  };
}

const isList = (not: Plain | readonly Plain[]): not is readonly Plain[] => Array.isArray(not);
