import type { Bug } from "../world.ts";
import { inCommit, inTarget } from "./bug.ts";

/** What may go wrong where several tools give to a hub and take from it. */
export const inTheHub: readonly Bug[] = [
  {
    name: "two-in-the-hub",
    about: "whoever brings a person to the hub does not notice that another just did",
    ports: inTarget((sound) => ({
      send: ({ id, writes }, signal, heard) =>
        sound.send({ id, writes: writes.map((write) => (write.kind === "create" ? { ...write, unlike: [] } : write)) }, signal, heard), // prettier-ignore
    })),
  },
  {
    name: "spokes-unaware",
    about: "the flows to the hub and from it know nothing of each other",
    ports: (ports) => ({
      ...ports,
      async openFlow(flow, terms) {
        const { spoke: _none, ...ends } = await ports.openFlow(flow, terms);
        return ends;
      },
    }),
  },
  {
    name: "mirrors-not-kept",
    about: "what a flow to the hub links is not stored for the one that comes back",
    ports: inCommit(({ mirrors: _none, ...page }) => page),
  },
  {
    name: "kept-not-told",
    about: "the hub does not say that it kept a value of its own",
    ports: inTarget((sound) => ({
      async send(request, signal, heard) {
        const sent = await sound.send(request, signal, heard);
        if (sent.kind !== "each") return sent;
        return { ...sent, outcomes: sent.outcomes.map((outcome) => outcome.kind === "accepted" ? { kind: "accepted", id: outcome.id, version: outcome.version } : outcome) }; // prettier-ignore
      },
    })),
  },
];
