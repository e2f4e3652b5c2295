import { z } from "zod";
import { endingViews } from "../connections/expiry.ts";
import { incidentView } from "../incidents/view.ts";
import { operation } from "../operation.ts";

const chartDays = 14;

export const digestShow = operation("digest.show", {
  title: "Looking at the digest",
  needs: "viewer",
  audited: "never",
  input: z.strictObject({}),
  told: () => ({}),

  async run(_input, { world, at }) {
    const settings = await world.settings.get();
    const { zone } = settings.digest;
    const [open, figures, days, flows, ending] = await Promise.all([
      world.incidents.open(),
      world.figures.byFlow(at.subtract({ hours: 24 }), at),
      world.figures.byDay(firstDay(at, zone), at, zone),
      world.registry.flows(),
      endingViews(world, at),
    ]);
    const loud = new Set<string>([
      ...figures.filter(({ records, failedRuns }) => records > 0 || failedRuns > 0).map(nameOf),
      ...open.flatMap(({ flow }) => flow ?? []),
    ]);
    return {
      at,
      settings,
      incidents: await Promise.all(
        open
          .filter(({ state }) => state.kind === "open")
          .map((incident) => incidentView(world, incident)),
      ),
      ending,
      flows: figures,
      quiet: flows.map(({ name }) => name).filter((name) => !loud.has(name)),
      days,
    };
  },
});

const nameOf = ({ flow }: { flow: string }): string => flow;

/** Midnight of the first of the days shown, today being the last. */
const firstDay = (at: Temporal.Instant, zone: string): Temporal.Instant =>
  at
    .toZonedDateTimeISO(zone)
    .startOfDay()
    .subtract({ days: chartDays - 1 })
    .toInstant();
