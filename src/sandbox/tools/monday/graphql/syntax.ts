/** A GraphQL document as it is read: operations and fragments, with where each thing stands in the text. */

export type At = { line: number; column: number };

export type Value =
  | { kind: "variable"; name: string; at: At }
  | { kind: "int" | "float" | "string" | "enum"; text: string; at: At }
  | { kind: "boolean"; value: boolean; at: At }
  | { kind: "null"; at: At }
  | { kind: "list"; items: Value[]; at: At }
  | { kind: "object"; fields: Argument[]; at: At };

export type Argument = { name: string; value: Value; at: At };
export type Directive = { name: string; args: Argument[]; at: At };

export type Field = {
  kind: "field";
  name: string;
  /** What it is called in the answer. */
  key: string;
  args: Argument[];
  directives: Directive[];
  /** Empty where none are written. */
  selections: Selection[];
  at: At;
};
export type Inline = {
  kind: "inline";
  on: string | null;
  directives: Directive[];
  selections: Selection[];
  at: At;
};
export type Spread = { kind: "spread"; name: string; directives: Directive[]; at: At };
export type Selection = Field | Inline | Spread;

export type TypeRef =
  | { kind: "named"; name: string }
  | { kind: "list"; of: TypeRef }
  | { kind: "required"; of: TypeRef };

export type Variable = { name: string; type: TypeRef; otherwise: Value | null; at: At };

export type Operation = {
  kind: "query" | "mutation" | "subscription";
  name: string | null;
  variables: Variable[];
  selections: Selection[];
  at: At;
};
export type Fragment = { name: string; on: string; selections: Selection[]; at: At };

export type Document = { operations: Operation[]; fragments: ReadonlyMap<string, Fragment> };

/** The document is refused as it stands: it cannot be read, or does not fit the schema. */
export class WrongDocument extends Error {
  override readonly name = "WrongDocument";
  readonly kind: "syntax" | "validation" | "variables";
  readonly at: At | null;

  constructor(kind: WrongDocument["kind"], message: string, at: At | null) {
    super(message);
    this.kind = kind;
    this.at = at;
  }
}

export const typeText = (type: TypeRef): string => {
  switch (type.kind) {
    case "named":
      return type.name;
    case "list":
      return `[${typeText(type.of)}]`;
    case "required":
      return `${typeText(type.of)}!`;
    default:
      return type satisfies never;
  }
};
