import type { Document, Field, Selection, Value } from "#sandbox/tools/monday/graphql/syntax.ts";
import { typeText } from "#sandbox/tools/monday/graphql/syntax.ts";
import type { Sdl, SdlField, SdlInput } from "./sdl.ts";

/** The name at the bottom of `[ID!]!`. */
export const base = (type: string): string => type.replace(/[[\]!]/g, "");
const FREE = ["JSON", "CompareValue"];

export const fieldsIn = (sdl: Sdl, name: string): Map<string, SdlField> | undefined => {
  const type = sdl.get(name);
  return type?.kind === "object" || type?.kind === "interface" ? type.fields : undefined;
};

/** What a vendor's schema has against a document: sentences, none where all is well. */
export function documentProblems(sdl: Sdl, { operations, fragments }: Document): string[] {
  const problems: string[] = [];

  for (const operation of operations) {
    const declared = new Map(operation.variables.map(({ name, type, otherwise }) => [name, { type: typeText(type), settled: otherwise !== null }])); // prettier-ignore
    for (const [name, { type }] of declared)
      if (!sdl.has(base(type))) problems.push(`$${name} is of the unknown type ${type}`);

    const checkValue = (where: string, { type, settled }: SdlInput, value: Value): void => {
      const required = type.endsWith("!");
      if (value.kind === "variable") {
        const own = declared.get(value.name);
        if (own === undefined) problems.push(`${where}: $${value.name} is not declared`);
        else if (!FREE.includes(base(type)) && !suits(own.type, type, own.settled || settled))
          problems.push(`${where}: $${value.name} of ${own.type} stands for ${type}`);
        return;
      }
      if (value.kind === "null") return void (required && problems.push(`${where} is null`));
      const bare = type.replace(/!$/, "");
      if (bare.startsWith("[")) {
        const item = { type: bare.slice(1, -1), settled: false };
        for (const part of value.kind === "list" ? value.items : [value]) checkValue(where, item, part); // prettier-ignore
        return;
      }
      checkNamed(where, bare, value);
    };

    const checkNamed = (where: string, name: string, value: Value): void => {
      const type = sdl.get(name);
      if (type?.kind === "enum") {
        if (value.kind !== "enum" || !type.values.includes(value.text))
          problems.push(`${where} is no ${name}`);
      } else if (type?.kind === "input") {
        if (value.kind !== "object") return void problems.push(`${where} is no ${name}`);
        checkInputs(where, type.fields, value.fields);
      } else if (!(LITERALS[name] ?? [value.kind]).includes(value.kind)) {
        problems.push(`${where}: a ${value.kind} is no ${name}`);
      }
    };

    const checkInputs = (
      where: string,
      known: Map<string, SdlInput>,
      given: Field["args"],
    ): void => {
      for (const { name, value } of given) {
        const input = known.get(name);
        if (input === undefined) problems.push(`${where} has no ${name}`);
        else checkValue(`${where}.${name}`, input, value);
      }
      for (const [name, { type, settled }] of known)
        if (type.endsWith("!") && !settled && !given.some((each) => each.name === name))
          problems.push(`${where} needs ${name}`);
    };

    const checkSelections = (parent: string, selections: Selection[]): void => {
      for (const one of selections) {
        if (one.kind === "field") checkField(parent, one);
        else {
          const part = one.kind === "spread" ? fragments.get(one.name) : one;
          const on = part?.on ?? parent;
          if (part === undefined || !overlap(sdl, on, parent))
            problems.push(`${parent} is never ${on}`);
          else checkSelections(on, part.selections);
        }
      }
    };

    const checkField = (parent: string, field: Field): void => {
      if (field.name === "__typename") return;
      const known = fieldsIn(sdl, parent)?.get(field.name);
      if (known === undefined) return void problems.push(`${parent} has no ${field.name}`);
      checkInputs(`${parent}.${field.name}`, known.args, field.args);
      const inner = sdl.get(base(known.type))?.kind ?? "scalar";
      const isLeaf = inner === "scalar" || inner === "enum";
      if (isLeaf !== (field.selections.length === 0))
        problems.push(
          `${parent}.${field.name} ${isLeaf ? "has nothing within" : "needs a selection"}`,
        );
      checkSelections(base(known.type), field.selections);
    };

    checkSelections(operation.kind === "mutation" ? "Mutation" : "Query", operation.selections);
  }
  return problems;
}

/** How values of the built-in types are written. */
const LITERALS: Record<string, string[]> = {
  Int: ["int"],
  Float: ["int", "float"],
  String: ["string"],
  Boolean: ["boolean"],
  ID: ["string", "int"],
};

function suits(own: string, asked: string, settled: boolean): boolean {
  if (asked.endsWith("!")) {
    const inner = asked.slice(0, -1);
    return own.endsWith("!") ? suits(own.slice(0, -1), inner, false) : settled && suits(own, inner, false); // prettier-ignore
  }
  const bare = own.replace(/!$/, "");
  if (asked.startsWith("[")) return bare.startsWith("[") && suits(bare.slice(1, -1), asked.slice(1, -1), false); // prettier-ignore
  return bare === asked;
}

const overlap = (sdl: Sdl, one: string, other: string): boolean =>
  one === other || isA(sdl, one, other) || isA(sdl, other, one);

const isA = (sdl: Sdl, name: string, face: string): boolean => {
  const [type, above] = [sdl.get(name), sdl.get(face)];
  const known = (type?.kind === "object" && type.is.includes(face)) || (above?.kind === "union" && above.members.includes(name)); // prettier-ignore
  return known;
};
