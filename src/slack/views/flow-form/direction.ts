import type { TruthRule } from "#domain/truth.ts";
import type { FlowEnd } from "#operations/contract.ts";
import type { InputBlock } from "@slack/types";
import { input, option } from "../../blocks.ts";
import type { RulesAbout } from "./about.ts";

/** Which way records go, and whose value counts; only where a flow can go both ways. */
export function directionInputs(about: RulesAbout): InputBlock[] {
  const { origin, to, flow } = about;
  if (!canGoBack(about)) return [];
  const ways = [
    option(`From ${origin.title} to ${to.title}`, "there"),
    option("Both ways", "both"),
  ];
  const rules = rulesFor(origin, to).map(([label, rule]) => option(label, rule));
  const way = ways.find(({ value }) => value === (flow?.twoWay ? "both" : "there"));
  const rule = rules.find(({ value }) => value === (flow?.twoWay?.default ?? "ask"));
  return [
    input("direction", "Changes go", {
      type: "radio_buttons",
      action_id: "value",
      options: ways,
      ...(way === undefined ? {} : { initial_option: way }),
    }),
    input(
      "truth",
      "Where both ways, and both sides changed a field",
      {
        type: "static_select",
        action_id: "value",
        options: rules,
        ...(rule === undefined ? {} : { initial_option: rule }),
      },
      { optional: true },
    ),
  ];
}

/** Both ends are read, written, searched and kept record by record. */
const canGoBack = ({ origin, to }: RulesAbout): boolean =>
  to.conversion === null &&
  [origin.object, to.object].every(
    ({ reads, writes, searchable, keyed }) => reads && writes && searchable.length > 0 && !keyed,
  );

const rulesFor = (origin: FlowEnd, to: FlowEnd): readonly (readonly [string, TruthRule])[] => [
  ["A person is asked", "ask"],
  ["The one that changed last counts", "newest"],
  [`${origin.title} counts`, "source"],
  [`${to.title} counts`, "target"],
  ["The one that is not empty counts", "non_empty"],
];
