import type { End } from "#domain/flow.ts";
import { hubConnection } from "#domain/hub.ts";
import { z } from "zod";
import { publishedBy } from "../events/published.ts";
import { operation } from "../operation.ts";
import type { FlowEnd } from "./contract.ts";

export const flowsChoices = operation("flows.choices", {
  title: "Looking at what a flow can go between",
  needs: "operator",
  audited: "never",
  input: z.strictObject({}),
  told: () => ({}),

  async run(_input, { world }) {
    const [connections, flows, { digest, channel }] = await Promise.all([
      world.registry.connections(),
      world.registry.flows(),
      world.settings.get(),
    ]);
    const ends = [...connections, hubConnection].flatMap(({ name, connector }): FlowEnd[] => {
      const facts = world.tools.facts(connector);
      return (facts?.objects ?? []).map((object) => ({
        end: `${name}/${object.name}`,
        connection: name,
        title: facts?.title ?? connector,
        object,
        daily: facts?.daily ?? null,
      }));
    });
    const objectAt = ({ connection, object }: End) =>
      ends.find(({ end }) => end === `${connection}/${object}`)?.object;
    const conversions = [...world.readyMade.conversions.values()];
    return {
      ends,
      conversions,
      names: flows.map(({ name }) => name),
      brings: flows.flatMap(({ from, to }) => {
        const entity = objectAt(to)?.entity;
        return entity === undefined ? [] : [{ from: from.connection, to: to.connection, entity }];
      }),
      published: flows.flatMap((flow) =>
        publishedBy(flow, objectAt).map((event) => ({ event, flow: flow.name })),
      ),
      zone: digest.zone,
      channel,
    };
  },
});
