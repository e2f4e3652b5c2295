import { endText, type FlowPlan } from "#domain/flow.ts";
import { hubName } from "#domain/hub.ts";

/** A way that records can take: the ends they pass, one flow between each two of them. */
export type Way = readonly string[];

/** From one end to those that flows lead to. */
export type Steps = ReadonlyMap<string, readonly string[]>;

/** "crm/contacts → books/customers → crm/contacts" */
export const wayText = (way: Way): string => way.join(" → ");

export const isHub = (end: string): boolean => end.startsWith(`${hubName}/`);

export function stepsOf(flows: readonly FlowPlan[]): Steps {
  const steps = new Map<string, string[]>();
  const step = (from: string, to: string) => steps.set(from, [...(steps.get(from) ?? []), to]);
  for (const { from, to, twoWay } of flows) {
    step(endText(from), endText(to));
    if (twoWay !== null) step(endText(to), endText(from));
  }
  return steps;
}

export function reversed(steps: Steps): Steps {
  const back = new Map<string, string[]>();
  for (const [from, all] of steps)
    for (const to of all) back.set(to, [...(back.get(to) ?? []), from]);
  return back;
}

/** The shortest way from one end to another; null where there is none. */
export function shortest(from: string, to: string, steps: Steps): Way | null {
  const ways: string[][] = [[from]];
  const seen = new Set([from]);
  for (const way of ways) {
    const last = way.at(-1) ?? from;
    if (last === to) return way;
    for (const next of steps.get(last) ?? [])
      if (!seen.has(next)) {
        seen.add(next);
        ways.push([...way, next]);
      }
  }
  return null;
}

/** However many flows there are, no more than so many ways are tried. */
const most = 2000;

/** The longest way from an end that passes none twice; of very many ways, of those tried first. */
export function longest(from: string, steps: Steps, without: Way): Way {
  let best: Way = [from];
  const ways: Way[] = [[from]];
  for (let tried = 0; tried < most; tried += 1) {
    const way = ways.pop();
    if (way === undefined) break;
    if (way.length > best.length) best = way;
    for (const next of steps.get(way.at(-1) ?? from) ?? [])
      if (!way.includes(next) && !without.includes(next)) ways.push([...way, next]);
  }
  return best;
}
