/** A runbook, before it is a message, a canvas or a file. Texts name people by `@` and their id. */
export type Runbook = { flow: string; title: string; sections: readonly RunbookSection[] };

export type RunbookSection = { title: string; parts: readonly RunbookPart[] };

export type RunbookPart =
  | { kind: "text"; text: string }
  | { kind: "list"; items: readonly string[] }
  | { kind: "table"; head: readonly string[]; rows: readonly (readonly string[])[] };

export type DocsOperations = {
  /** Of one flow, or of all. `markdown` holds them all, one after the other. */
  "flows.docs": {
    in: { flow?: string };
    out: { runbooks: readonly Runbook[]; markdown: string };
  };
};
