import type { Flow } from "#domain/flow.ts";
import type { Foreseen } from "#domain/ports/engine.ts";
import type { Page, SourceRecord, TargetRecord } from "#domain/record.ts";
import { compare, takingPart, type Step } from "./compare.ts";
import { nothing } from "./content.ts";
import { foreseenAsWeighed, foreseenFate, foreseenMatch, foreseenUpdate } from "./foreseen.ts";
import { halvesOf, type Half } from "./halves.ts";
import { unknownYet, type Item } from "./item.ts";
import { makeMatcher, type Match } from "./matcher.ts";
import type { Ports } from "./ports.ts";
import { makeReferences } from "./references.ts";
import { makeRules } from "./rules.ts";
import { makeWeigh } from "./weigh.ts";

/** What a full run would do, page by page, writing nothing. It does not foresee what the target refuses. */
export const makePreview = (ports: Ports) =>
  async function* preview(flow: Flow, signal: AbortSignal): AsyncGenerator<readonly Foreseen[]> {
    const ends = await ports.openFlow(flow);
    for (const half of halvesOf(ports, flow, ends)) {
      const foresee = makeForesight(half, signal);
      const about = { gone: flow.deletes !== "ignore", signal };
      for await (const page of half.direction.ends.source.pages(null, about)) {
        signal.throwIfAborted();
        const foreseen = await foresee(page);
        yield half.direction.way === "there" ? foreseen : foreseen.flatMap(comingBack);
      }
    }
  };

/** What was told of a pair from its one side is not told again from the other. */
const comingBack = (record: Foreseen): readonly Foreseen[] =>
  record.kind === "unchanged" || record.kind === "filtered" || record.asks === true
    ? []
    : [{ ...record, way: "back" }];

function makeForesight({ ports, direction }: Half, signal: AbortSignal) {
  const { flow, ends, way } = direction;
  const rules = makeRules(flow, ends, ports);
  const matcher = makeMatcher(ports, { ...direction, calls: signal }, new Map());
  const refer = makeReferences(ports.references, { flow, ends });
  const weigh = makeWeigh(direction, () => ports.clock.now());
  const { keyed } = ends.target;

  /** As the target has them; where it cannot say, as they were written last. */
  async function currentOf(steps: readonly Step[]): Promise<readonly TargetRecord[]> {
    const updates = steps.filter((step) => step.kind === "update");
    if (keyed) return updates.map(({ id, version, current }) => ({ id, version, fields: current }));
    const ids = steps.flatMap((step) =>
      step.kind === "update" ? step.id : step.kind === "look" ? step.link.id : [],
    );
    return ids.length === 0 ? [] : ends.target.read(ids, signal);
  }

  return async ({ records }: Page): Promise<readonly Foreseen[]> => {
    const last = new Map(records.map((record) => [record.id, record]));
    const known = await ports.ledger.look(flow.name, [...last.keys()]);
    const looked = [...last.values()].map((record) => {
      const mapped = rules(record);
      const item = itemOf(record, mapped.kind === "gone" ? nothing : mapped.content);
      item.known = known.get(record.id) ?? unknownYet;
      return { item, step: compare(item, takingPart(mapped, item, way), flow) as Step };
    });
    const referred = await refer(looked.map(({ item }) => item.fields));
    for (const [index, of] of referred.entries()) {
      const one = looked[index];
      if (one === undefined || one.step.kind === "settled") continue;
      if (of.kind === "known") one.item.fields = of.fields;
      else one.step = { kind: "settled", fate: { kind: "dead", direction: "write", problem: of.problem, unlink: false } }; // prettier-ignore
    }
    const unlinked = looked.filter(({ step }) => step.kind === "match");
    const matches =
      unlinked.length === 0
        ? new Map<string, Match>()
        : await matcher.match(
            unlinked.map(({ item }) => ({ key: item.key, wide: item.content.wide })),
          );
    const current = await currentOf(looked.map(({ step }) => step));
    const byId = new Map(current.map((record) => [record.id, record]));
    return looked.map(({ item, step }) => {
      switch (step.kind) {
        case "settled":
          return foreseenFate(item, step.fate);
        case "archive":
          return { kind: "delete", key: item.key };
        case "match":
          return foreseenMatch(item, matches.get(item.key), weigh, flow.twoWay !== null);
        case "update":
          return foreseenUpdate(item, step, byId.get(step.id), weigh);
        case "look":
          return foreseenAsWeighed(item, byId.get(step.link.id), weigh);
        default:
          return step satisfies never;
      }
    });
  };
}

const itemOf = (record: SourceRecord, content: Item["content"]): Item => ({
  key: record.id,
  record,
  content,
  fields: content.fields,
  known: unknownYet,
});
