import { endText, type End } from "#domain/flow.ts";
import type { FlowName } from "#domain/ids.ts";
import { atOnce, carrierOf } from "./bring.ts";
import { makeForecast, type FirstBrought } from "./forecast.ts";
import { halvesOf } from "./halves.ts";
import { batches } from "./in-flight.ts";
import type { Ports } from "./ports.ts";

type Forecasts = Map<FlowName, Awaited<ReturnType<typeof makeForecast>>>;

/**
 * What a run would bring along first for its records, by the flow that carries it: foreseen as a run of
 * that one, for these records alone. `inside` are the flows that would be waiting for it.
 */
export function foreseeFirst(
  ports: Ports,
  inside: readonly FlowName[],
  signal: AbortSignal,
): FirstBrought {
  const forecasts: Forecasts = new Map();
  const news = new Map<string, string>();
  const brought = new Map<string, Map<string, string>>();
  const way = (from: End, to: End): string => `${endText(from)} ${endText(to)}`;

  async function forecastOf(from: End, to: End) {
    const carrier = await carrierOf(ports.registry, { from, to }, inside);
    if (carrier === undefined) return undefined;
    const [half] = halvesOf(ports, carrier, await ports.openFlow(carrier));
    if (half === undefined) return undefined;
    const further = foreseeFirst(ports, [...inside, carrier.name], signal);
    const forecast = forecasts.get(carrier.name) ?? (await makeForecast(half, further, signal));
    forecasts.set(carrier.name, forecast);
    return { forecast, source: half.direction.ends.source };
  }

  return {
    news,
    references: {
      async where(from, to, ids) {
        const found = await ports.references.where(from, to, ids);
        const more = brought.get(way(from, to));
        if (found === null || more === undefined) return found;
        const foreseen = ids.flatMap((id): [string, string][] => {
          const there = more.get(id);
          return there === undefined ? [] : [[id, there]];
        });
        return new Map([...foreseen, ...found]);
      },
    },
    async bring(from, to, ids) {
      const carried = await forecastOf(from, to);
      if (carried === undefined) return;
      const there = brought.get(way(from, to)) ?? new Map<string, string>();
      brought.set(way(from, to), there);
      for (const some of batches(ids, atOnce)) {
        const records = await carried.source.read(some, signal);
        for (const { foreseen, id } of await carried.forecast({ records, checkpoint: null })) {
          if (id === null) continue;
          there.set(foreseen.key, id);
          if (foreseen.kind === "create") news.set(id, foreseen.key);
        }
      }
    },
  };
}
