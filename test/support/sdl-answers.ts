import type { Document, Field, Selection } from "#sandbox/tools/monday/graphql/syntax.ts";
import type { Sdl } from "./sdl.ts";
import { fieldsIn } from "./sdl-documents.ts";

type Told = Record<string, unknown>;

/** What a vendor's schema has against an answer to a document that it allows: sentences, none where all is well. */
export function answerProblems(sdl: Sdl, document: Document, data: unknown): string[] {
  const problems: string[] = [];

  function check(where: string, type: string, value: unknown, selections: Selection[]): void {
    if (type.endsWith("!")) {
      if (value === null) problems.push(`${where} is null`);
      return check(where, type.slice(0, -1), value, selections);
    }
    if (value === null) return;
    if (!type.startsWith("[")) return checkNamed(where, type, value, selections);
    if (!Array.isArray(value)) return void problems.push(`${where} is no list`);
    for (const [n, item] of value.entries())
      check(`${where}.${String(n)}`, type.slice(1, -1), item, selections);
  }

  function checkNamed(where: string, name: string, value: unknown, selections: Selection[]): void {
    const type = sdl.get(name);
    const isLeaf = type?.kind === "enum" || type?.kind === "scalar";
    if (!isLeaf && typeof value === "object" && value !== null)
      return checkObject(where, name, value as Told, selections);
    const known = type?.kind === "enum" ? type.values.includes(String(value)) : (SCALARS[name]?.(value) ?? isLeaf); // prettier-ignore
    if (!known) problems.push(`${where} is no ${name}`);
  }

  function checkObject(where: string, type: string, value: Told, selections: Selection[]): void {
    for (const one of selections) {
      if (one.kind === "field") checkField(where, type, value, one);
      else {
        const part = one.kind === "spread" ? document.fragments.get(one.name) : one;
        const chosen = part?.selections ?? [];
        // Of what may be one of several types only those fields are judged that came.
        const isOneType = sdl.get(type)?.kind === "object";
        const came = (each: Selection) => isOneType || each.kind !== "field" || each.key in value;
        checkObject(where, part?.on ?? type, value, chosen.filter(came));
      }
    }
  }

  function checkField(where: string, type: string, value: Told, field: Field): void {
    const known = fieldsIn(sdl, type)?.get(field.name);
    if (known === undefined) return;
    const told = value[field.key];
    if (told === undefined) {
      if (field.directives.length === 0) problems.push(`${where}.${field.key} is missing`);
    } else check(`${where}.${field.key}`, known.type, told, field.selections);
  }

  const [operation] = document.operations;
  const root = operation?.kind === "mutation" ? "Mutation" : "Query";
  if (data !== null) checkObject("data", root, data as Told, operation?.selections ?? []);
  return problems;
}

const SCALARS: Record<string, (value: unknown) => boolean> = {
  Int: (value) => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31,
  Float: (value) => typeof value === "number",
  String: (value) => typeof value === "string",
  Boolean: (value) => typeof value === "boolean",
  ID: (value) => typeof value === "string",
  Date: (value) => typeof value === "string",
  ISO8601DateTime: (value) => typeof value === "string" && !Number.isNaN(Date.parse(value)),
};
