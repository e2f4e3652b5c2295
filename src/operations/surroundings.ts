import type { Connection } from "#domain/connection.ts";
import { entityOf } from "#domain/entities/index.ts";
import type { Entity } from "#domain/entities/entity.ts";
import { hubConnection } from "#domain/hub.ts";
import type { Flow, End } from "#domain/flow.ts";
import type { ObjectFacts } from "#domain/ports/connector-facts.ts";
import type { World } from "./world.ts";

/** What stands at one end of a flow. */
export type Place = {
  connection: Connection | null;
  object: ObjectFacts | null;
  /** "QuickBooks"; the connection's name where the tool is not known any more. */
  title: string;
};

export type Surroundings = {
  at(end: End): Place;
  /** What the records of this flow are; null where the target is not known any more. */
  entity(flow: Flow): Entity | null;
  titles(flow: Flow): { from: string; to: string };
};

/** Connections and tools as they are now, for a whole list of flows. */
export async function lookAround({
  registry,
  tools,
}: Pick<World, "registry" | "tools">): Promise<Surroundings> {
  const connections = new Map(
    [hubConnection, ...(await registry.connections())].map((connection) => [
      connection.name,
      connection,
    ]),
  );

  const at = (end: End): Place => {
    const connection = connections.get(end.connection) ?? null;
    const facts = connection && tools.facts(connection.connector);
    return {
      connection,
      object: facts?.objects.find(({ name }) => name === end.object) ?? null,
      title: facts?.title ?? end.connection,
    };
  };

  return {
    at,
    entity(flow) {
      const object = at(flow.to).object ?? at(flow.from).object;
      return object && entityOf(object.entity);
    },
    titles: (flow) => ({ from: at(flow.from).title, to: at(flow.to).title }),
  };
}
