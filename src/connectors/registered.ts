import type { Judged } from "#domain/ports/connector-facts.ts";
import { compileConnector, type Connector } from "./connector.ts";
import { lint, type LintProblem } from "./manifest/lint.ts";
import { reachOf } from "./reach.ts";

/** A connector of this text, or what is wrong with it. */
export function readConnector(
  text: string,
): { connector: Connector } | { problems: readonly LintProblem[] } {
  const { manifest, problems } = lint(text, "");
  return manifest === null ? { problems } : { connector: compileConnector(manifest) };
}

export function judge(text: string): Judged {
  const read = readConnector(text);
  if ("problems" in read) {
    const problems = read.problems.map(({ line, column, message }) => ({ line, column, message }));
    return { kind: "wrong", problems };
  }
  return { kind: "good", ...describe(read.connector) };
}

export const describe = ({ facts, manifest }: Connector) => ({
  facts,
  reach: reachOf(manifest, facts.hosts),
});

/** A manifest from the store, with the name it was registered under. */
export type Registered = { connector: string; version: number; text: string };

/** One that cannot be used any more, and why. */
export type LeftOut = { connector: string; version: number; problem: string };

/** What is registered, by name. A grammar that has changed since may have no place for one of them. */
export function readRegistered(registered: readonly Registered[]): {
  connectors: ReadonlyMap<string, Connector>;
  leftOut: readonly LeftOut[];
} {
  const connectors = new Map<string, Connector>();
  const leftOut: LeftOut[] = [];
  for (const { connector: name, version, text } of registered) {
    const problem = attempt(name, text, connectors);
    if (problem !== null) leftOut.push({ connector: name, version, problem });
  }
  return { connectors, leftOut };
}

function attempt(name: string, text: string, into: Map<string, Connector>): string | null {
  try {
    const read = readConnector(text);
    if ("connector" in read) {
      into.set(name, read.connector);
      return null;
    }
    const [first] = read.problems;
    return first ? `line ${first.line}: ${first.message}` : "it is not accepted";
  } catch (error) {
    // Of one that passed an older linter: the other connectors, and the whole process, go on without it.
    return String(error);
  }
}
