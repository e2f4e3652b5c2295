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
  const { events, name } = connection;
  const [endpoint, counts] = await Promise.all([
    world.deliveries.endpoint({ connection: name, subscription: null }),
    world.deliveries.counts({ connection: name }),
  ]);
  return { events, endpoint, counts };
}

type About = { page?: number | undefined; subscription?: string | undefined };

/**
 * The last page where there are not so many. @throws Mistake where nobody asked by this subscription, or
 * does not any more
 */
export async function deliveriesView(
  world: World,
  connection: Connection,
  { page: wanted = 0, subscription }: About = {},
): Promise<DeliveriesView> {
  const { name, events } = connection;
  const { deliveries } = world;
  const found = subscription === undefined ? null : await world.subscriptions.find(name, subscription); // prettier-ignore
  if (found === undefined) throw new Mistake(`Nobody asks ${name} to be told by this subscription any more.`); // prettier-ignore
  const subscriber = found && { id: found.id, event: found.event };
  const only = subscriber && { subscription: subscriber.id };
  const [endpoint, counts, first] = await Promise.all([
    deliveries.endpoint({ connection: name, subscription: subscriber?.id ?? null }),
    deliveries.counts({ connection: name, ...only }),
    deliveries.list(name, { skip: wanted * aPage, limit: aPage }),
  ]);
  const pages = Math.max(1, Math.ceil(first.total / aPage));
  const page = Math.min(wanted, pages - 1);
  const { deliveries: shown } = page === wanted ? first : await deliveries.list(name, { skip: page * aPage, limit: aPage }); // prettier-ignore
  const title = world.tools.facts(connection.connector)?.title ?? connection.connector;
  return {
    connection,
    title,
    events,
    subscriber,
    endpoint,
    counts,
    deliveries: shown,
    page,
    pages,
  };
}
