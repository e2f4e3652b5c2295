import type { Flow } from "#domain/flow.ts";
import type { Foreseen } from "#domain/ports/engine.ts";
import type { Ends } from "#domain/ports/tools.ts";
import type { Page, SourceRecord, TargetRecord } from "#domain/record.ts";
import { compare, type Step } from "./compare.ts";
import { agreed, sendable } from "./consent.ts";
import { isAlready, nothing } from "./content.ts";
import { unknownYet, type Fate, type Item } from "./item.ts";
import { makeMatcher, type Match } from "./matcher.ts";
import type { Ports } from "./ports.ts";
import { sameAsAnother } from "./problems.ts";
import { makeReferences } from "./references.ts";
import { makeRules } from "./rules.ts";

/** What a full run would do, page by page, writing nothing. It does not foresee what the target refuses. */
export const makePreview = (ports: Ports) =>
  async function* preview(flow: Flow, signal: AbortSignal): AsyncGenerator<readonly Foreseen[]> {
    const ends = await ports.openFlow(flow);
    const foresee = makeForesight(ports, flow, ends, signal);
    const pages = ends.source.pages(null, { gone: flow.deletes !== "ignore", signal });
    for await (const page of pages) {
      signal.throwIfAborted();
      yield await foresee(page);
    }
  };

function makeForesight(ports: Ports, flow: Flow, ends: Ends, signal: AbortSignal) {
  const rules = makeRules(flow, ends, ports.hash);
  const matcher = makeMatcher(ports, { flow, ends, calls: signal }, new Map());
  const refer = makeReferences(ports.references, { flow, ends });
  const { coarse, keyed } = ends.target;

  /** As the target has them; where it cannot say, as they were written last. */
  async function currentOf(updates: readonly Update[]): Promise<readonly TargetRecord[]> {
    if (updates.length === 0) return [];
    if (keyed) return updates.map(({ id, version, current }) => ({ id, version, fields: current }));
    return ends.target.read(updates.map(({ id }) => id), signal); // prettier-ignore
  }

  return async ({ records }: Page): Promise<readonly Foreseen[]> => {
    const last = new Map(records.map((record) => [record.id, record]));
    const known = await ports.ledger.look(flow.name, [...last.keys()]);
    const looked = [...last.values()].map((record) => {
      const mapped = rules(record);
      const item = itemOf(record, mapped.kind === "gone" ? nothing : mapped.content);
      item.known = known.get(record.id) ?? unknownYet;
      return { item, step: compare(item, mapped, flow.deletes) as Step };
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
    const current = await currentOf(looked.flatMap(({ step }) => (step.kind === "update" ? step : []))); // prettier-ignore
    const byId = new Map(current.map((record) => [record.id, record]));
    return looked.map(({ item, step }) => {
      switch (step.kind) {
        case "settled":
          return foreseenFate(item, step.fate);
        case "archive":
          return { kind: "delete", key: item.key };
        case "match":
          return foreseenMatch(item, matches.get(item.key), coarse);
        case "update":
          return foreseenUpdate(item, step, byId.get(step.id), coarse);
        default:
          return step satisfies never;
      }
    });
  };
}

type Update = Extract<Step, { kind: "update" }>;

const itemOf = (record: SourceRecord, content: Item["content"]): Item => ({
  key: record.id,
  record,
  content,
  fields: content.fields,
  known: unknownYet,
});

const foreseenFate = ({ key, content }: Item, fate: Fate): Foreseen =>
  fate.kind === "dead"
    ? { kind: "invalid", key, fields: content.fields, problem: fate.problem }
    : fate.kind === "filtered"
      ? { kind: "filtered", key }
      : { kind: "unchanged", key };

function foreseenMatch(
  { key, fields }: Item,
  match: Match | undefined,
  coarse: ReadonlySet<string>,
): Foreseen {
  switch (match?.kind) {
    case undefined:
    case "none":
      return { kind: "create", key, fields };
    case "later":
      return { kind: "conflict", key, fields, problem: sameAsAnother };
    case "refused":
      return { kind: "conflict", key, fields, problem: match.problem };
    case "found": {
      const { fields: from } = match.record;
      return isAlready(from, agreed(fields, from))
        ? { kind: "unchanged", key }
        : { kind: "update", key, from, fields: sendable(fields, from, coarse) };
    }
    default:
      return match satisfies never;
  }
}

/** A link whose record is gone at the target is made anew by a run. */
function foreseenUpdate(
  { key, fields }: Item,
  step: Update,
  now: TargetRecord | undefined,
  coarse: ReadonlySet<string>,
): Foreseen {
  if (now === undefined) return { kind: "create", key, fields };
  return { kind: "update", key, from: now.fields, fields: sendable(fields, step.current, coarse) };
}
