import type { Connection } from "#domain/connection.ts";
import { Mistake } from "#domain/errors.ts";
import type { FlowPlan } from "#domain/flow.ts";
import type { WorkspaceFile } from "../contract.ts";
import type { World } from "../world.ts";
import { readConnections } from "./connections.ts";
import { shapeFaults, type Fault } from "./faults.ts";
import { readFlows, type Warning } from "./flows.ts";
import { readHub, type Owned } from "./hub.ts";
import { knownNow } from "./known.ts";
import { FileShape } from "./shape.ts";
import { readText, type Wrong } from "./text.ts";

export type Setup = {
  connections: readonly Connection[];
  flows: readonly FlowPlan[];
  hub: readonly Owned[];
  warnings: readonly Warning[];
};

/**
 * What a workspace file says, checked against the tools and against what is set up already.
 * @throws Mistake every error of the file, one `file:line:column: message` a line
 */
export async function readWorkspace(world: World, { text, file }: WorkspaceFile): Promise<Setup> {
  const read = readText(text);
  if (!read.ok) throw mistake(file, read.wrongs);
  const { content, place } = read;

  const faults: Fault[] = [];
  const shape = FileShape.safeParse(content ?? {});
  if (!shape.success)
    faults.push(...shapeFaults(shape.error, [], () => Object.keys(FileShape.shape)));
  const section = part(content, "flows");
  const known = await knownNow(world, Object.keys(section));
  const connections = readConnections(
    part(content, "connections"),
    [...known.connections.values()],
    world.tools,
  );
  const flows = readFlows(section, {
    ...known,
    connections: new Map([
      ...known.connections,
      ...connections.read.map((connection) => [connection.name, connection] as const),
    ]),
    broken: connections.broken,
  });
  const names = [...known.connections.keys(), ...connections.read.map(({ name }) => name)];
  const hub = readHub(part(content, "hub"), [...names, ...connections.broken]);
  faults.push(...connections.faults, ...flows.faults, ...hub.faults);
  if (faults.length > 0)
    throw mistake(
      file,
      faults.map(({ path, message, atKey }) => ({ ...place(path, atKey), message })),
    );
  return {
    connections: connections.read,
    flows: flows.read,
    hub: hub.read,
    warnings: flows.warnings,
  };
}

/** A section of the file, as far as it is names with something. */
function part(content: unknown, name: string): Readonly<Record<string, unknown>> {
  const found = isNames(content) ? content[name] : undefined;
  return isNames(found) ? found : {};
}

const isNames = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function mistake(file: string, wrongs: readonly Wrong[]): Mistake {
  const lines = wrongs
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`);
  return new Mistake([...new Set(lines)].join("\n"));
}
