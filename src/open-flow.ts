import type { Connection } from "#domain/connection.ts";
import type { Conversion } from "#domain/conversion.ts";
import type { EntityName } from "#domain/entities/index.ts";
import { Mistake } from "#domain/errors.ts";
import type { Flow } from "#domain/flow.ts";
import type { Registry } from "#domain/ports/registry.ts";
import type { Terms } from "#domain/ports/lane.ts";
import type { OpenFlow } from "#domain/ports/open-flow.ts";
import type { Ends, Tools } from "#domain/ports/tools.ts";
import { spokeOf } from "#domain/spoke.ts";
import { converted } from "#engine/convert.ts";

type World = {
  registry: Pick<Registry, "connection" | "flows">;
  tools: Pick<Tools, "facts" | "source" | "target">;
  conversions: ReadonlyMap<string, Conversion>;
};

/** `readable`: what is written there can be read again. */
type Place = {
  connection: Connection;
  object: string;
  entity: EntityName;
  title: string;
  readable: boolean;
};

/** Opens both objects of a flow, whatever pattern it is part of. @throws Mistake when one is not there any more */
export function makeOpenFlow({ registry, tools, conversions }: World): OpenFlow {
  return async (flow, terms = {}) => {
    const [from, to] = await Promise.all([at(flow.from), at(flow.to)]);
    const back = flow.twoWay === null ? null : endsOf(flow, to, from, terms);
    return { ...endsOf(flow, from, to, terms), back, ...(await openSpoke(flow, from, to)) };
  };

  async function at({ connection: name, object }: Flow["from"]): Promise<Place> {
    const connection = await registry.connection(name);
    if (connection === undefined) throw new Mistake(`There is no connection ${name} any more.`);
    const facts = tools.facts(connection.connector);
    const found = facts?.objects.find((one) => one.name === object);
    if (facts === undefined || found === undefined)
      throw new Mistake(`${connection.connector} has no object ${object}.`);
    const readable = found.writes && !found.keyed;
    return { connection, object, entity: found.entity, title: facts.title, readable };
  }

  function endsOf({ name, convert, share }: Flow, from: Place, to: Place, terms: Terms): Ends {
    const sharing = share === null ? null : { flow: name, share };
    const read = tools.source(from.connection, from.object, sharing, terms.lane);
    const conversion = convert === null ? null : conversionOf(convert);
    const source = conversion === null ? read : converted(read, conversion, from.object);
    const { name: connection } = from.connection;
    const origin = { connection, flow: name, content: source.content, sharing };
    return {
      source,
      target: tools.target(to.connection, to.object, origin, terms),
      entity:
        conversion === null
          ? { from: from.entity, to: to.entity }
          : { from: conversion.to, to: to.entity, origin: from.entity },
      once: conversion?.once ?? false,
      follows: conversion?.follows ?? false,
      titles: { source: from.title, target: to.title },
    };
  }

  function conversionOf(name: string): Conversion {
    const found = conversions.get(name);
    if (found === undefined) throw new Mistake(`There is no conversion ${name} any more.`);
    return found;
  }

  async function openSpoke(flow: Flow, from: Place, to: Place) {
    const spoke = spokeOf(flow, await registry.flows());
    // What cannot be read back cannot be weighed.
    if (spoke === null || (spoke.heading === "out" && !to.readable)) return {};
    const { name: connection } = to.connection;
    const origin = { connection, flow: flow.name, content: null };
    const own = from.readable ? tools.target(from.connection, from.object, origin) : null;
    return { spoke: { ...spoke, own } };
  }
}
