import type { Connection } from "#domain/connection.ts";
import { Mistake } from "#domain/errors.ts";
import { findConnection } from "../find.ts";
import type { World } from "../world.ts";
import type { DeliveriesView, ToldView } from "./contract.ts";

const aPage = 10;

/** @throws Mistake where there is no such connection, or its tool takes no events of ours */
export async function findTold(world: World, name: string): Promise<Connection> {
  const connection = await findConnection(world, name);
  const facts = world.tools.facts(connection.connector);
  if (facts?.tells === true) return connection;
  throw new Mistake(`${facts?.title ?? connection.connector} takes no events of ours; a webhook, Zapier or Make does.`); // prettier-ignore
}

/** Null where it takes none. */
export async function toldView(world: World, connection: Connection): Promise<ToldView | null> {
  if (world.tools.facts(connection.connector)?.tells !== true) return null;
  const { name, events } = connection;
  const [endpoint, counts] = await Promise.all([
    world.deliveries.endpoint(name),
    world.deliveries.counts(name),
  ]);
  return { events, endpoint, counts };
}

/** The last page where there are not so many. */
export async function deliveriesView(
  world: World,
  connection: Connection,
  wanted = 0,
): Promise<DeliveriesView> {
  const { name } = connection;
  const [endpoint, counts] = await Promise.all([
    world.deliveries.endpoint(name),
    world.deliveries.counts(name),
  ]);
  const total = counts.waiting + counts.delivered + counts.failed;
  const pages = Math.max(1, Math.ceil(total / aPage));
  const page = Math.min(wanted, pages - 1);
  const { deliveries } = await world.deliveries.list(name, { skip: page * aPage, limit: aPage });
  const title = world.tools.facts(connection.connector)?.title ?? connection.connector;
  return {
    connection,
    title,
    events: connection.events,
    endpoint,
    counts,
    deliveries,
    page,
    pages,
  };
}
