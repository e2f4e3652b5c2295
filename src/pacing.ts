import { OutOfHours } from "#domain/errors.ts";
import type { Flow } from "#domain/flow.ts";
import type { OpenFlow } from "#domain/ports/open-flow.ts";
import type { Ends, Source } from "#domain/ports/tools.ts";
import type { Clock } from "#domain/ports/world.ts";
import { isOpen, opensNext, windowText } from "#domain/window.ts";

/** Opens flows for runs: one with hours of its own reads nothing outside them. */
export const withinHours =
  (openFlow: OpenFlow, clock: Pick<Clock, "now">): OpenFlow =>
  async (flow, terms) => {
    const ends = await openFlow(flow, terms);
    if (flow.window === null) return ends;
    const inHours = (one: Ends): Ends => ({ ...one, source: paced(one.source, flow, clock) });
    return { ...inHours(ends), back: ends.back && inHours(ends.back) };
  };

/** A run that its hours end on stops between two pages and goes on where it was. */
function paced(source: Source, flow: Flow, clock: Pick<Clock, "now">): Source {
  const check = (): void => {
    const { window } = flow;
    const now = clock.now();
    if (window === null || isOpen(window, now)) return;
    const message = `${flow.name} runs from ${windowText(window)}; it goes on then`;
    throw new OutOfHours(message, opensNext(window, now));
  };
  return {
    ...source,
    async estimate(from, signal) {
      check();
      return source.estimate(from, signal);
    },
    async *pages(from, about) {
      check();
      for await (const page of source.pages(from, about)) {
        yield page;
        check();
      }
    },
  };
}
