import { baseName, type Output, fieldsOf, fits, type Input, type Schema } from "./schema.ts";
import { readLiteral } from "./input.ts";
import { type Argument, type At, type Directive, type Document, type Field, type Operation, type Selection, type TypeRef, typeText, type Value, type Variable, WrongDocument } from "./syntax.ts"; // prettier-ignore
import { refuseConflicts } from "./conflicts.ts";

const DIRECTIVES: Record<string, ReadonlyMap<string, Input>> = {
  include: new Map([
    ["if", { type: { kind: "required", of: { kind: "named", name: "Boolean" } } }],
  ]),
  skip: new Map([["if", { type: { kind: "required", of: { kind: "named", name: "Boolean" } } }]]),
};
const TYPENAME: Output = { type: { kind: "named", name: "String" }, args: new Map() };

function wrong(message: string, at: At): never {
  throw new WrongDocument("validation", message, at);
}

/** Refuses whatever the schema does not have, in graphql-js's words; the first problem found is thrown. */
export function validate(schema: Schema, document: Document): void {
  const used = new Set<string>();
  for (const operation of document.operations) {
    if (operation.name === null && document.operations.length > 1)
      wrong("This anonymous operation must be the only defined operation.", operation.at);
    const root = { query: "Query", mutation: "Mutation", subscription: "Subscription" }[operation.kind]; // prettier-ignore
    if (!schema.has(root))
      wrong(`Schema is not configured to execute ${operation.kind} operation.`, operation.at);
    const judge = openJudge(schema, document, operation, used);
    judge.selections(root, operation.selections, []);
    refuseConflicts(document, operation.selections);
    judge.finish();
  }
  for (const [name, { at }] of document.fragments)
    if (!used.has(name)) wrong(`Fragment "${name}" is never used.`, at);
}

function openJudge(schema: Schema, document: Document, operation: Operation, used: Set<string>) {
  const variables = new Map<string, Variable>();
  const seen = new Set<string>();
  for (const variable of operation.variables) {
    const { name, type, at, otherwise } = variable;
    if (variables.has(name)) wrong(`There can be only one variable named "$${name}".`, at);
    const kind = schema.get(baseName(type))?.kind;
    if (kind === undefined) wrong(`Unknown type "${baseName(type)}".`, at);
    if (kind === "object" || kind === "interface")
      wrong(`Variable "$${name}" cannot be non-input type "${typeText(type)}".`, at);
    variables.set(name, variable);
    if (otherwise !== null) literal(type, otherwise);
  }

  function literal(type: TypeRef, value: Value): void {
    checkVariables(type, value, false);
    // What variables will hold is not known yet, only that something stands there.
    const standIns = new Map([...variables.keys()].map((name) => [name, null]));
    const read = readLiteral(schema, type, value, standIns);
    if ("problem" in read) wrong(read.problem, value.at);
  }

  /** Each variable within a value has to be defined, and of a type that may stand there. */
  function checkVariables(type: TypeRef, value: Value, hasDefault: boolean): void {
    if (value.kind === "variable") return checkVariable(value.name, type, value.at, hasDefault);
    const bare = type.kind === "required" ? type.of : type;
    const item = bare.kind === "list" ? bare.of : bare;
    if (value.kind === "list") for (const part of value.items) checkVariables(item, part, false);
    if (value.kind === "object") for (const field of value.fields) checkPart(item, field);
  }

  function checkPart(type: TypeRef, { name, value }: Argument): void {
    const named = schema.get(baseName(type));
    // Within free JSON a variable may be of any type.
    if (named?.kind !== "input") return checkVariables(type, value, true);
    const input = named.fields.get(name);
    if (input !== undefined) checkVariables(input.type, value, input.otherwise !== undefined);
  }

  function checkVariable(name: string, type: TypeRef, at: At, hasDefault: boolean): void {
    const variable = variables.get(name);
    if (variable === undefined) return wrong(`Variable "$${name}" is not defined.`, at);
    seen.add(name);
    if (FREE.includes(baseName(type))) return;
    const settled = variable.otherwise !== null && variable.otherwise.kind !== "null";
    const asked = type.kind === "required" && (hasDefault || settled) ? type.of : type;
    if (!suits(variable.type, asked))
      wrong(`Variable "$${name}" of type "${typeText(variable.type)}" used in position expecting type "${typeText(type)}".`, at); // prettier-ignore
  }

  function checkArguments(
    given: Argument[],
    known: ReadonlyMap<string, Input>,
    owner: string,
    at: At,
  ): void {
    // prettier-ignore
    for (const [index, { name, value, at: place }] of given.entries()) {
      const input = known.get(name);
      if (input === undefined) return wrong(`Unknown argument "${name}" on ${owner}.`, place);
      if (given.findIndex((each) => each.name === name) !== index)
        wrong(`There can be only one argument named "${name}".`, place);
      if (value.kind === "variable")
        checkVariable(value.name, input.type, value.at, input.otherwise !== undefined);
      else literal(input.type, value);
    }
    for (const [name, { type, otherwise }] of known) {
      if (type.kind !== "required" || otherwise !== undefined) continue;
      if (!given.some((each) => each.name === name))
        wrong(`${owner.replace(/^field "\w+\.(\w+)"$/, 'Field "$1"')} argument "${name}" of type "${typeText(type)}" is required, but it was not provided.`, at); // prettier-ignore
    }
  }

  function checkDirectives(directives: Directive[]): void {
    for (const { name, args, at } of directives) {
      const known = DIRECTIVES[name];
      if (known === undefined) return wrong(`Unknown directive "@${name}".`, at);
      checkArguments(args, known, `directive "@${name}"`, at);
    }
  }

  function checkField(parent: string, field: Field, within: readonly string[]): void {
    const output = field.name === "__typename" ? TYPENAME : fieldsOf(schema.get(parent))?.get(field.name); // prettier-ignore
    if (output === undefined)
      return wrong(`Cannot query field "${field.name}" on type "${parent}".`, field.at);
    checkArguments(field.args, output.args, `field "${parent}.${field.name}"`, field.at);
    const inner = baseName(output.type);
    const hasFields = fieldsOf(schema.get(inner)) !== undefined;
    if (!hasFields && field.selections.length > 0)
      wrong(`Field "${field.name}" must not have a selection since type "${typeText(output.type)}" has no subfields.`, field.at); // prettier-ignore
    if (hasFields && field.selections.length === 0)
      wrong(`Field "${field.name}" of type "${typeText(output.type)}" must have a selection of subfields. Did you mean "${field.name} { ... }"?`, field.at); // prettier-ignore
    selections(inner, field.selections, within);
  }

  function checkFragment(
    parent: string,
    on: string,
    inner: Selection[],
    at: At,
    within: readonly string[],
  ): void {
    // prettier-ignore
    if (!schema.has(on)) wrong(`Unknown type "${on}".`, at);
    if (!fits(schema, on, parent) && !fits(schema, parent, on))
      wrong(`Fragment cannot be spread here as objects of type "${parent}" can never be of type "${on}".`, at); // prettier-ignore
    selections(on, inner, within);
  }

  function selections(parent: string, chosen: Selection[], within: readonly string[]): void {
    for (const one of chosen) {
      checkDirectives(one.directives);
      if (one.kind === "field") checkField(parent, one, within);
      else if (one.kind === "inline")
        checkFragment(parent, one.on ?? parent, one.selections, one.at, within); // prettier-ignore
      else {
        const fragment = document.fragments.get(one.name);
        if (fragment === undefined) return wrong(`Unknown fragment "${one.name}".`, one.at);
        if (within.includes(one.name)) wrong(`Cannot spread fragment "${one.name}" within itself.`, one.at); // prettier-ignore
        used.add(one.name);
        checkFragment(parent, fragment.on, fragment.selections, one.at, [...within, one.name]);
      }
    }
  }

  return {
    selections,
    finish(): void {
      for (const { name, at } of operation.variables)
        if (!seen.has(name)) wrong(`Variable "$${name}" is never used.`, at);
    },
  };
}

const FREE = ["JSON", "CompareValue"];

/** Whether a variable of one type may stand where another is asked for. */
function suits(own: TypeRef, asked: TypeRef): boolean {
  if (asked.kind === "required") return own.kind === "required" && suits(own.of, asked.of);
  if (own.kind === "required") return suits(own.of, asked);
  if (asked.kind === "list") return own.kind === "list" && suits(own.of, asked.of);
  return own.kind === "named" && own.name === asked.name;
}
