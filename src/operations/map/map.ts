import { hubConnection, hubFacts } from "#domain/hub.ts";
import { z } from "zod";
import { connectionViews } from "../connections/view.ts";
import type { ConnectionView, FlowStatus } from "../contract.ts";
import { isStarted } from "../events/starting.ts";
import { statuses } from "../flows/status.ts";
import { operation } from "../operation.ts";
import type { FlowMap, MapFlow, MapPlace } from "./contract.ts";
import { patternOf } from "./pattern.ts";
import { mapSvg } from "./svg.ts";

export const flowsMap = operation("flows.map", {
  title: "Looking at the map",
  needs: "viewer",
  audited: "never",
  input: z.strictObject({}),
  told: () => ({}),

  async run(_input, { world }) {
    const [views, all] = await Promise.all([
      connectionViews(world),
      world.registry.flows().then((flows) => statuses(world, flows)),
    ]);
    const flows = all.map(flowOf);
    const map: FlowMap = { places: placesOf(views, flows), flows, pattern: patternOf(flows) };
    return { ...map, svg: await mapSvg(map) };
  },
});

/** The hub is on the map once something goes through it; so is what a flow still names and is gone. */
function placesOf(views: readonly ConnectionView[], flows: readonly MapFlow[]): MapPlace[] {
  const places = views.map(({ connection, title, signedIn }) => ({
    name: connection.name as string,
    title,
    trouble: signedIn ? null : "sign in again",
  }));
  const known = new Set(places.map(({ name }) => name));
  const others = new Set(flows.flatMap(({ from, to }) => [from.connection, to.connection]));
  return [
    ...places,
    ...[...others.difference(known)].map((name) =>
      name === hubConnection.name
        ? { name, title: hubFacts.title, trouble: null }
        : { name, title: name, trouble: "not connected any more" },
    ),
  ];
}

const flowOf = ({ flow, incidents, openLetters }: FlowStatus): MapFlow => ({
  name: flow.name,
  from: flow.from,
  to: flow.to,
  twoWay: flow.twoWay !== null,
  event: isStarted(flow),
  on: flow.trigger.kind === "published" ? flow.trigger.event : null,
  trouble: troubleOf(flow.state, incidents),
  open: openLetters,
});

function troubleOf(
  state: FlowStatus["flow"]["state"],
  incidents: FlowStatus["incidents"],
): string | null {
  if (state.kind === "off") return "not turned on yet";
  if (state.kind === "paused") return state.held ? "held" : "paused";
  return incidents.some(({ subject }) => subject.kind === "systemic") ? "stopped" : null;
}
