/** A reader for GraphQL's schema language, as far as a vendor's schema is needed to judge by. */

/** Types are told as they are written: `[ID!]!`. */
export type SdlInput = { type: string; settled: boolean };
export type SdlField = { type: string; args: Map<string, SdlInput> };
export type SdlType =
  | { kind: "scalar" }
  | { kind: "enum"; values: string[] }
  | { kind: "object" | "interface"; fields: Map<string, SdlField>; is: string[] }
  | { kind: "input"; fields: Map<string, SdlInput> }
  | { kind: "union"; members: string[] };
export type Sdl = Map<string, SdlType>;

const TOKEN = /#[^\n]*|"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"|-?\d[\d.]*|[A-Za-z_]\w*|[!()[\]{}:=@|&]/g;

/** Everything the text defines; a type that is there twice has the fields of both. */
export function readSdl(text: string): Sdl {
  const tokens = (text.match(TOKEN) ?? []).filter((token) => !token.startsWith("#"));
  let place = 0;
  const peek = () => tokens[place] ?? "";
  const take = () => tokens[place++] ?? "";
  const skip = (token: string) => peek() === token && take() === token;
  const expect = (token: string) => {
    const got = take();
    if (got !== token) throw new Error(`Expected ${token} in the schema, not ${got}.`);
  };
  const skipText = () => {
    while (peek().startsWith('"')) take();
  };

  function type(): string {
    const inner = skip("[") ? `[${type()}${take()}` : take();
    return skip("!") ? `${inner}!` : inner;
  }

  function value(): void {
    const first = take();
    const close = { "[": "]", "{": "}" }[first];
    if (close !== undefined) while (!skip(close)) if (!skip(":")) value();
  }

  function directives(): void {
    while (skip("@")) {
      take();
      if (skip("(")) while (!skip(")")) take();
    }
  }

  function input(): SdlInput {
    expect(":");
    const own = type();
    const settled = skip("=");
    if (settled) value();
    directives();
    return { type: own, settled };
  }

  function members<Member>(open: string, close: string, read: () => Member): Map<string, Member> {
    const found = new Map<string, Member>();
    if (!skip(open)) return found;
    for (skipText(); !skip(close); skipText()) found.set(take(), read());
    return found;
  }

  function field(): SdlField {
    const args = members("(", ")", input);
    expect(":");
    const own = type();
    directives();
    return { type: own, args };
  }

  function definition(kind: string): SdlType {
    const is: string[] = [];
    if (skip("implements"))
      do is.push(take());
      while (skip("&"));
    directives();
    switch (kind) {
      case "type":
        return { kind: "object", fields: members("{", "}", field), is };
      case "interface":
        return { kind: "interface", fields: members("{", "}", field), is };
      case "input":
        return { kind: "input", fields: members("{", "}", input) };
      case "enum":
        return { kind: "enum", values: [...members("{", "}", directives).keys()] };
      case "union": {
        const found: string[] = [];
        if (skip("="))
          do found.push(take());
          while (skip("|"));
        return { kind: "union", members: found };
      }
      default:
        return { kind: "scalar" };
    }
  }

  const sdl: Sdl = new Map();
  while (place < tokens.length) {
    skipText();
    const kind = take();
    if (kind === "schema" || kind === "directive") {
      while (place < tokens.length && !STARTS.includes(peek()) && !peek().startsWith('"')) take();
      continue;
    }
    const name = take();
    const own = definition(kind);
    const before = sdl.get(name);
    if (before?.kind === "object" && own.kind === "object")
      sdl.set(name, { ...own, fields: new Map([...before.fields, ...own.fields]) });
    else sdl.set(name, own);
  }
  return sdl;
}

const STARTS = ["scalar", "type", "interface", "input", "enum", "union", "directive"];
