import { type Token, tokensOf } from "./lexer.ts";
import { type Argument, type At, type Directive, type Document, type Fragment, type Operation, type Selection, type TypeRef, type Value, type Variable, WrongDocument } from "./syntax.ts"; // prettier-ignore

const DEEPEST = 64;

/** Reads an executable document; a WrongDocument says where it cannot be read. */
export function parse(source: string): Document {
  const tokens = tokensOf(source);
  let place = 0;
  let depth = 0;

  const peek = (): Token => tokens[Math.min(place, tokens.length - 1)] as Token;
  const take = (): Token => {
    const token = peek();
    place += 1;
    return token;
  };
  const is = (text: string) => peek().text === text && ["punctuator", "name"].includes(peek().kind);
  const skip = (text: string): boolean => {
    if (!is(text)) return false;
    place += 1;
    return true;
  };

  function unexpected(token = peek()): never {
    const what = token.kind === "end" ? "<EOF>" : token.kind === "name" ? `Name "${token.text}"` : `"${token.text}"`; // prettier-ignore
    throw new WrongDocument("syntax", `Syntax Error: Unexpected ${what}.`, token.at);
  }

  function expect(text: string): At {
    const { at } = peek();
    if (!skip(text)) unexpected();
    return at;
  }

  function name(): string {
    if (peek().kind !== "name") unexpected();
    return take().text;
  }

  /** At least one, between two signs. */
  function several<Item>(open: string, read: () => Item, close: string): Item[] {
    expect(open);
    const items = [read()];
    while (!skip(close)) items.push(read());
    return items;
  }

  function deeper<Item>(read: () => Item): Item {
    depth += 1;
    if (depth > DEEPEST) throw new WrongDocument("syntax", "Syntax Error: Nested too deeply.", peek().at); // prettier-ignore
    const item = read();
    depth -= 1;
    return item;
  }

  function value(constant: boolean): Value {
    const { kind, text, at } = peek();
    if (kind === "int" || kind === "float" || kind === "string") return { kind, text: take().text, at }; // prettier-ignore
    if (skip("[")) return { kind: "list", items: deeper(() => until("]", () => value(constant))), at }; // prettier-ignore
    if (skip("{")) return { kind: "object", fields: deeper(() => until("}", () => argument(constant))), at }; // prettier-ignore
    if (!constant && skip("$")) return { kind: "variable", name: name(), at };
    if (kind !== "name") unexpected();
    take();
    if (text === "null") return { kind: "null", at };
    if (text === "true" || text === "false") return { kind: "boolean", value: text === "true", at };
    return { kind: "enum", text, at };
  }

  function until<Item>(close: string, read: () => Item): Item[] {
    const items: Item[] = [];
    while (!skip(close)) items.push(read());
    return items;
  }

  function argument(constant: boolean): Argument {
    const { at } = peek();
    const own = name();
    expect(":");
    return { name: own, value: value(constant), at };
  }

  const args = (): Argument[] => (is("(") ? several("(", () => argument(false), ")") : []);

  function directives(): Directive[] {
    const found: Directive[] = [];
    while (is("@")) {
      const at = expect("@");
      found.push({ name: name(), args: args(), at });
    }
    return found;
  }

  const selections = (): Selection[] => deeper(() => several("{", selection, "}"));

  function selection(): Selection {
    const { at } = peek();
    if (skip("...")) {
      if (peek().kind === "name" && !is("on"))
        return { kind: "spread", name: name(), directives: directives(), at };
      const on = skip("on") ? name() : null;
      return { kind: "inline", on, directives: directives(), selections: selections(), at };
    }
    const key = name();
    const own = skip(":") ? name() : key;
    return {
      kind: "field",
      name: own,
      key,
      args: args(),
      directives: directives(),
      selections: is("{") ? selections() : [],
      at,
    };
  }

  function type(): TypeRef {
    const list = skip("[");
    const of: TypeRef = list ? { kind: "list", of: deeper(type) } : { kind: "named", name: name() };
    if (list) expect("]");
    return skip("!") ? { kind: "required", of } : of;
  }

  function variable(): Variable {
    const at = expect("$");
    const own = name();
    expect(":");
    return { name: own, type: type(), otherwise: skip("=") ? value(true) : null, at };
  }

  function operation(): Operation {
    const { text, at } = peek();
    if (is("{")) return { kind: "query", name: null, variables: [], selections: selections(), at };
    if (text !== "query" && text !== "mutation" && text !== "subscription") unexpected();
    take();
    const own = peek().kind === "name" ? name() : null;
    const variables = is("(") ? several("(", variable, ")") : [];
    directives();
    return { kind: text, name: own, variables, selections: selections(), at };
  }

  function fragment(): Fragment {
    const at = expect("fragment");
    const own = name();
    if (own === "on") unexpected(tokens[place - 1]);
    expect("on");
    const on = name();
    directives();
    return { name: own, on, selections: selections(), at };
  }

  const operations: Operation[] = [];
  const fragments = new Map<string, Fragment>();
  do {
    if (!is("fragment")) {
      operations.push(operation());
      continue;
    }
    const found = fragment();
    if (fragments.has(found.name))
      throw new WrongDocument("validation", `There can be only one fragment named "${found.name}".`, found.at); // prettier-ignore
    fragments.set(found.name, found);
  } while (peek().kind !== "end");
  return { operations, fragments };
}
