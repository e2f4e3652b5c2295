import type { TypeRef } from "./syntax.ts";

export type Input = { type: TypeRef; otherwise?: unknown };
export type Output = { type: TypeRef; args: ReadonlyMap<string, Input> };

export type NamedType =
  | { kind: "scalar"; name: string; accepts(value: unknown): boolean }
  | { kind: "enum"; name: string; values: readonly string[] }
  | { kind: "object"; name: string; fields: ReadonlyMap<string, Output>; is: readonly string[] }
  | { kind: "interface"; name: string; fields: ReadonlyMap<string, Output> }
  | { kind: "input"; name: string; fields: ReadonlyMap<string, Input> };

export type Schema = ReadonlyMap<string, NamedType>;

/** An argument: its type, and what it is where nothing is said: `"ID!"`, `["Int", 25]`. */
export type InputText = string | readonly [type: string, otherwise: unknown];
/** A field: its type, and its arguments if it has any. */
export type OutputText = string | readonly [type: string, args: Record<string, InputText>];

/** `[ID!]!` as a type. */
function typeOf(text: string): TypeRef {
  if (text.endsWith("!")) return { kind: "required", of: typeOf(text.slice(0, -1)) };
  if (text.startsWith("[")) return { kind: "list", of: typeOf(text.slice(1, -1)) };
  return { kind: "named", name: text };
}

const input = (text: InputText): Input =>
  typeof text === "string" ? { type: typeOf(text) } : { type: typeOf(text[0]), otherwise: text[1] };

const inputs = (fields: Record<string, InputText>): Map<string, Input> =>
  new Map(Object.entries(fields).map(([name, text]) => [name, input(text)]));

const outputs = (fields: Record<string, OutputText>): Map<string, Output> =>
  new Map(
    Object.entries(fields).map(([name, text]) => {
      const [type, args] = typeof text === "string" ? [text, {}] : text;
      return [name, { type: typeOf(type), args: inputs(args) }];
    }),
  );

export const object = (
  name: string,
  fields: Record<string, OutputText>,
  is: readonly string[] = [],
): NamedType => ({ kind: "object", name, fields: outputs(fields), is });

export const face = (name: string, fields: Record<string, OutputText>): NamedType => ({
  kind: "interface",
  name,
  fields: outputs(fields),
});

export const inputObject = (name: string, fields: Record<string, InputText>): NamedType => ({
  kind: "input",
  name,
  fields: inputs(fields),
});

export const enumeration = (name: string, ...values: string[]): NamedType => ({
  kind: "enum",
  name,
  values,
});

export const scalar = (name: string, accepts: (value: unknown) => boolean): NamedType => ({
  kind: "scalar",
  name,
  accepts,
});

export const schemaOf = (...types: NamedType[]): Schema =>
  new Map(types.map((type) => [type.name, type]));

/** The name at the bottom of a type, without lists and marks. */
export const baseName = (type: TypeRef): string =>
  type.kind === "named" ? type.name : baseName(type.of);

/** The fields of what may be selected from; undefined for what has none. */
export const fieldsOf = (type: NamedType | undefined): ReadonlyMap<string, Output> | undefined =>
  type?.kind === "object" || type?.kind === "interface" ? type.fields : undefined;

/** Whether an object of this type may stand where that one is asked for. */
export function fits(schema: Schema, own: string, asked: string): boolean {
  const type = schema.get(own);
  return own === asked || (type?.kind === "object" && type.is.includes(asked));
}
