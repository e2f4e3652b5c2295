import type { Connection } from "#domain/connection.ts";
import { hubName } from "#domain/hub.ts";
import { connectionName } from "#domain/ids.ts";
import type { Tools } from "#domain/ports/tools.ts";
import { isEventType } from "#domain/event.ts";
import { connectionFaults, described, type Described } from "../connections/rules.ts";
import { eventFaults } from "../events/told.ts";
import { listed, nearest } from "../nearest.ts";
import { shapeFaults, type Fault } from "./faults.ts";
import { allowedAt, ConnectionEntry, nameFault } from "./shape.ts";

type ReadConnections = {
  read: readonly Connection[];
  /** Named in the file, but wrong: a flow that uses one is not wrong for that. */
  broken: ReadonlySet<string>;
  faults: readonly Fault[];
};

/** The connections of a file, and all that is wrong with them. */
export function readConnections(
  section: Readonly<Record<string, unknown>>,
  existing: readonly Connection[],
  tools: Pick<Tools, "facts" | "catalogue">,
): ReadConnections {
  const read: Connection[] = [];
  const faults: Fault[] = [];
  const broken = new Set<string>();
  for (const [name, entry] of Object.entries(section)) {
    const before = existing.find((connection) => connection.name === name);
    const result = readConnection(name, entry, before, tools);
    faults.push(...result.faults);
    if (result.connection === null || result.faults.length > 0) broken.add(name);
    else read.push(result.connection);
  }
  return { read, broken, faults };
}

function readConnection(
  name: string,
  entry: unknown,
  before: Connection | undefined,
  tools: Pick<Tools, "facts" | "catalogue">,
): { connection: Connection | null; faults: Fault[] } {
  const path = ["connections", name];
  const misnamed = nameFault(name);
  const faults: Fault[] = misnamed === null ? [] : [{ path, message: misnamed, atKey: true }];
  if (name === hubName)
    faults.push({ path, message: "the hub is there already and needs no entry", atKey: true });
  const shape = ConnectionEntry.safeParse(entry);
  if (!shape.success) {
    faults.push(...shapeFaults(shape.error, path, (at) => allowedAt(ConnectionEntry, at)));
    return { connection: null, faults };
  }
  const { connector } = shape.data;
  const facts = tools.facts(connector);
  if (facts === undefined) {
    faults.push({ path: [...path, "connector"], message: noConnector(connector, tools) });
    return { connection: null, faults };
  }
  const about = describedBy(shape.data);
  const same = before?.connector === connector ? before : undefined;
  const wrong = [
    ...eventFaults(shape.data.events ?? [], facts),
    ...connectionFaults(about, facts, same),
  ];
  faults.push(...wrong.map((fault) => ({ ...fault, path: [...path, ...fault.path] })));
  return { connection: described(connectionName(name), facts, about, same), faults };
}

const describedBy = ({ base_url, settings, credential, events }: ConnectionEntry): Described => ({
  baseUrl: base_url ?? null,
  settings: settings ?? {},
  credential: credential ?? undefined,
  events: (events ?? []).filter(isEventType),
});

function noConnector(name: string, tools: Pick<Tools, "catalogue">): string {
  const names = tools.catalogue().map((facts) => facts.name);
  const meant = nearest(name, names);
  return meant === null
    ? `there is no such connector; there are ${listed(names, 20)}`
    : `there is no connector “${name.slice(0, 60)}”; did you mean ${meant}?`;
}
