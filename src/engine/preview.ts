import type { Flow } from "#domain/flow.ts";
import type { Foreseen } from "#domain/ports/engine.ts";
import type { Page } from "#domain/record.ts";
import { makeForecast, type FirstBrought } from "./forecast.ts";
import type { Forecast } from "./foreseen.ts";
import { foreseeFirst } from "./foreseen-first.ts";
import { halvesOf, type Half } from "./halves.ts";
import type { Ports } from "./ports.ts";
import { isSwept, sweep } from "./sweep.ts";

/** What a full run would do, page by page, writing nothing. It does not foresee what the target refuses. */
export const makePreview = (ports: Ports) =>
  async function* preview(flow: Flow, signal: AbortSignal): AsyncGenerator<readonly Foreseen[]> {
    const ends = await ports.openFlow(flow);
    for (const half of halvesOf(ports, flow, ends)) {
      const first = foreseeFirst(ports, [flow.name], signal);
      const forecast = await makeForecast(half, first, signal);
      for await (const page of pagesOf(half, signal)) {
        const foreseen = (await forecast(page)).map((one) => told(one, half, first));
        yield half.direction.way === "there" ? foreseen : foreseen.flatMap(comingBack);
      }
    }
  };

/** All that a full run reads: the feed, and one by one what it did not bring where deletes are seen so. */
async function* pagesOf({ ports, direction }: Half, signal: AbortSignal): AsyncGenerator<Page> {
  const { flow, ends } = direction;
  const seen = isSwept(flow, ends.source) ? new Set<string>() : null;
  let last: Page["checkpoint"] = null;
  const about = { gone: flow.deletes !== "ignore", later: true, signal };
  for await (const page of ends.source.pages(null, about)) {
    signal.throwIfAborted();
    for (const { id } of page.records) seen?.add(id);
    last = page.checkpoint;
    yield page;
  }
  if (seen !== null) yield* sweep(ports, { ...direction, stop: signal }, seen, last);
}

/** Of what is brought along first only the id at its source is known. */
function told({ foreseen }: Forecast, { direction }: Half, { news }: FirstBrought): Foreseen {
  if (foreseen.kind !== "create" && foreseen.kind !== "update") return foreseen;
  const made = Object.keys(direction.ends.target.references).flatMap((name): [string, string][] => {
    const id = foreseen.fields[name];
    const key = typeof id === "string" ? news.get(id) : undefined;
    return key === undefined ? [] : [[name, key]];
  });
  if (made.length === 0) return foreseen;
  const fields = { ...foreseen.fields, ...Object.fromEntries(made) };
  return { ...foreseen, fields, first: made.map(([name]) => name) };
}

/** What was told of a pair from its one side is not told again from the other. */
const comingBack = (record: Foreseen): readonly Foreseen[] =>
  record.kind === "unchanged" || record.kind === "filtered" || record.asks === true
    ? []
    : [{ ...record, way: "back" }];
