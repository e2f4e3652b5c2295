import { fieldsOf, fits, type Output, type Schema } from "./schema.ts";
import { readJson, readLiteral } from "./input.ts";
import { type Argument, type At, type Directive, type Document, type Field, type Operation, type Selection, type TypeRef, typeText, WrongDocument } from "./syntax.ts"; // prettier-ignore

export type Arguments = Record<string, unknown>;
export type Path = (string | number)[];
export type Failure = { error: FieldFailure; path: Path; at: At };
export type Outcome = { data: Record<string, unknown> | null; failures: Failure[] };

/** What is at the top: functions by field. Below it, values, or functions of the arguments. */
export type Root = Record<string, (args: Arguments, field: Field) => unknown>;
export type Shown = Record<string, unknown>;

/** One field could not be told; the others can. */
export class FieldFailure extends Error {
  override readonly name: string = "FieldFailure";
  readonly code: string;
  readonly extensions: Record<string, unknown>;

  constructor(code: string, message: string, extensions: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.extensions = extensions;
  }
}

/** The variables as the operation declares them; a WrongDocument if one does not fit. */
export function variablesOf(
  schema: Schema,
  { variables }: Operation,
  given: Record<string, unknown>,
): Map<string, unknown> {
  const read = new Map<string, unknown>();
  for (const { name, type, otherwise, at } of variables) {
    const value = given[name];
    if (value === undefined && otherwise === null && type.kind === "required")
      throw new WrongDocument("variables", `Variable "$${name}" of required type "${typeText(type)}" was not provided.`, at); // prettier-ignore
    if (value === undefined && otherwise === null) continue;
    const one =
      value === undefined && otherwise !== null
        ? readLiteral(schema, type, otherwise, new Map())
        : readJson(schema, type, value);
    if ("problem" in one)
      throw new WrongDocument("variables", `Variable "$${name}" got invalid value ${JSON.stringify(value)}; ${one.problem}`, at); // prettier-ignore
    read.set(name, one.value);
  }
  return read;
}

/**
 * Runs a validated operation, its first level one after the other, as mutations need. What fails is
 * null, with its failure beside; what may not be null takes what holds it along.
 */
export async function execute(
  schema: Schema,
  document: Document,
  operation: Operation,
  variables: ReadonlyMap<string, unknown>,
  root: Root,
): Promise<Outcome> {
  const failures: Failure[] = [];
  const type = operation.kind === "mutation" ? "Mutation" : "Query";

  const argumentsOf = (given: Argument[], known: Output["args"]): Arguments => {
    const args: Arguments = {};
    for (const [name, input] of known) {
      const written = given.find((each) => each.name === name);
      const read = written && readLiteral(schema, input.type, written.value, variables);
      const value = read !== undefined && "value" in read ? read.value : undefined;
      const settled = value === undefined ? input.otherwise : value;
      if (settled !== undefined) args[name] = settled;
    }
    return args;
  };

  const wanted = (directives: Directive[]): boolean =>
    directives.every(({ name, args }) => {
      const [first] = args;
      const read = first && readLiteral(schema, { kind: "named", name: "Boolean" }, first.value, variables); // prettier-ignore
      const on = read !== undefined && "value" in read && read.value === true;
      return name === "include" ? on : !on;
    });

  /** The fields for an object of this type, by the name each has in the answer. */
  function collected(own: string, selections: Selection[], into = new Map<string, Field[]>()) {
    for (const one of selections) {
      if (!wanted(one.directives)) continue;
      if (one.kind === "field") {
        into.set(one.key, [...(into.get(one.key) ?? []), one]);
        continue;
      }
      const fragment = one.kind === "spread" ? document.fragments.get(one.name) : one;
      if (fragment !== undefined && (fragment.on === null || fits(schema, own, fragment.on)))
        collected(own, fragment.selections, into);
    }
    return into;
  }

  function shownObject(own: string, source: Shown, selections: Selection[], path: Path): unknown {
    const shown: Record<string, unknown> = {};
    for (const [key, fields] of collected(own, selections)) {
      const done = guarded(own, fields, [...path, key], (output, args) => {
        const value = source[fields[0]?.name ?? ""];
        return typeof value === "function" ? (value as (args: Arguments) => unknown)(argumentsOf(args, output.args)) : value; // prettier-ignore
      });
      if (done === BROKEN) return BROKEN;
      shown[key] = done;
    }
    return shown;
  }

  /** A field's value, completed; BROKEN where it is null and must not be. */
  function guarded(
    own: string,
    fields: Field[],
    path: Path,
    resolve: (output: Output, args: Argument[]) => unknown,
  ): unknown {
    const field = fields[0] as Field;
    if (field.name === "__typename") return own;
    const output = fieldsOf(schema.get(own))?.get(field.name) as Output;
    const chosen = fields.flatMap(({ selections }) => selections);
    const before = failures.length;
    try {
      const done = completed(output.type, resolve(output, field.args), chosen, path);
      if (done === BROKEN && failures.length === before)
        throw new FieldFailure("INTERNAL_SERVER_ERROR", `Cannot return null for non-nullable field ${own}.${field.name}.`); // prettier-ignore
      return done;
    } catch (error) {
      if (!(error instanceof FieldFailure)) throw error;
      failures.push({ error, path, at: field.at });
      return output.type.kind === "required" ? BROKEN : null;
    }
  }

  function completed(type: TypeRef, value: unknown, selections: Selection[], path: Path): unknown {
    if (type.kind === "required") {
      const inner = completed(type.of, value, selections, path);
      return inner === null ? BROKEN : inner;
    }
    if (value === null || value === undefined) return null;
    if (type.kind === "list") {
      const items = [...(value as Iterable<unknown>)].map((item, n) =>
        completed(type.of, item, selections, [...path, n]),
      );
      return items.includes(BROKEN) ? null : items;
    }
    const named = schema.get(type.name);
    if (fieldsOf(named) === undefined) return type.name === "ID" ? String(value) : value;
    const source = value as Shown;
    const own = named?.kind === "interface" ? String(source["__typename"]) : type.name;
    const shown = shownObject(own, source, selections, path);
    return shown === BROKEN ? null : shown;
  }

  const data: Record<string, unknown> = {};
  for (const [key, fields] of collected(type, operation.selections)) {
    const field = fields[0] as Field;
    const output = fieldsOf(schema.get(type))?.get(field.name);
    const resolver = root[field.name];
    let resolved: { value: unknown } | { error: unknown };
    try {
      const value = output && resolver && (await resolver(argumentsOf(field.args, output.args), field)); // prettier-ignore
      resolved = { value };
    } catch (error) {
      resolved = { error };
    }
    const done = guarded(type, fields, [key], () => {
      if ("error" in resolved) throw resolved.error;
      return resolved.value;
    });
    if (done === BROKEN) return { data: null, failures };
    data[key] = done;
  }
  return { data, failures };
}

/** Stands for a null where none may be. */
const BROKEN = Symbol("broken");
