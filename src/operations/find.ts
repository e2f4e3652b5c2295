import type { Connection } from "#domain/connection.ts";
import type { DeadLetter } from "#domain/dead-letter.ts";
import { Mistake } from "#domain/errors.ts";
import type { Flow } from "#domain/flow.ts";
import {
  connectionName,
  deadLetterId,
  flowName,
  incidentId,
  runId,
  type FlowName,
} from "#domain/ids.ts";
import type { Incident } from "#domain/incident.ts";
import type { Run } from "#domain/run.ts";
import { listed, nearest } from "./nearest.ts";
import { quoted } from "./quoted.ts";
import type { World } from "./world.ts";

/** @throws Mistake names the nearest flow, or those there are */
export async function findFlow({ registry }: World, name: string): Promise<Flow> {
  const flow = await registry.flow(flowName(name.toLowerCase()));
  if (flow !== undefined) return flow;
  const names = (await registry.flows()).map((known) => known.name);
  throw unknown("flow", name, names);
}

/** The flow that something belongs to; as it was last where it was removed since. */
export async function ownerFlow(world: World, name: FlowName): Promise<Flow> {
  const flow = await world.registry.flow(name);
  if (flow !== undefined) return flow;
  const [last] = await world.registry.versions(name);
  if (last === undefined) return findFlow(world, name);
  const { plan, version, by, at } = last;
  return { ...plan, version, state: { kind: "off", by, at } };
}

/** @throws Mistake names the nearest connection, or those there are */
export async function findConnection({ registry }: World, name: string): Promise<Connection> {
  const connection = await registry.connection(connectionName(name.toLowerCase()));
  if (connection !== undefined) return connection;
  const names = (await registry.connections()).map((known) => known.name);
  throw unknown("connection", name, names);
}

/** @throws Mistake when it is not there any more */
export async function findLetter({ letters }: World, id: string): Promise<DeadLetter> {
  const letter = await letters.get(deadLetterId(id));
  if (letter === undefined) throw gone("dead letter", id);
  return letter;
}

/** @throws Mistake when it is not there any more */
export async function findIncident({ incidents }: World, id: string): Promise<Incident> {
  const incident = await incidents.get(incidentId(id));
  if (incident === undefined) throw gone("incident", id);
  return incident;
}

/** @throws Mistake when it is not there any more */
export async function findRun({ runs }: World, id: string): Promise<Run> {
  const run = await runs.get(runId(id));
  if (run === undefined) throw gone("run", id);
  return run;
}

/** There is no such thing: the nearest that there is, else all of them. */
export function unknown(what: string, name: string, names: readonly string[]): Mistake {
  const meant = nearest(name, names);
  const begin = `There is no ${what} ${quoted(name)}`;
  if (meant !== null)
    return new Mistake(`${begin}; did you mean ${meant}?`, { usage: true, nearest: meant });
  if (names.length === 0) return new Mistake(`${begin}; there is none yet.`, { usage: true });
  return new Mistake(`${begin}; there ${names.length === 1 ? "is" : "are"} ${listed(names)}.`, {
    usage: true,
  });
}

const gone = (what: string, id: string): Mistake =>
  new Mistake(`There is no ${what} ${quoted(id)} any more.`, { usage: true });
