import type { Collection } from "../../collection.ts";
import { json, Refusal } from "../http.ts";
import type { Field, Records } from "../records-page.ts";
import { reasonOf } from "./errors.ts";
import { type Hooks, hookPath } from "./hooks.ts";
import type { Incompletes } from "./incomplete.ts";
import type { Machine } from "./running.ts";
import type { Scenario } from "./scenarios.ts";

const yesNo = (value: boolean) => (value ? "yes" : "no");
const minute = (at: string) => at.slice(0, 16).replace("T", " ");
const refused = (detail: string) => new Refusal(json(400, { detail }));

function answerIn(value = ""): boolean {
  if (value !== "yes" && value !== "no") throw refused("it is yes or no.");
  return value === "yes";
}

/** How a person sees the scenarios, their webhooks, and what is incomplete. */
export function makeRecords(
  scenarios: Collection<Scenario>,
  hooks: Hooks,
  incompletes: Incompletes,
  machine: Machine,
): Records[] {
  const base = { tool: "Make", reason: reasonOf };
  const switchOf = (label: string, value: boolean): Field[] => [
    { name: "on", label, value: yesNo(value) },
  ];
  return [
    {
      ...base,
      object: "scenarios",
      noun: "scenarios",
      columns: ["Name", "Active", "Incomplete", "Operations"],
      rows: () =>
        [...scenarios.values()].map((scenario) => ({
          id: String(scenario.id),
          faded: !scenario.isActive,
          cells: [
            scenario.name,
            scenario.isinvalid ? "stopped by an error" : yesNo(scenario.isActive),
            String(incompletes.count(scenario.id)),
            String(scenario.operations),
          ],
        })),
      fields(id) {
        const scenario = scenarios.get(id);
        return scenario && switchOf("Active, yes or no", scenario.isActive);
      },
      save(id, { on }) {
        const scenario = scenarios.get(id);
        if (scenario !== undefined) machine.turn(scenario, answerIn(on));
      },
    },
    {
      ...base,
      object: "hooks",
      noun: "webhooks",
      columns: ["Name", "Address", "Enabled", "Waiting"],
      rows: () =>
        hooks.all().map((hook) => ({
          id: String(hook.id),
          faded: hook.gone || !hook.enabled,
          cells: [
            hook.name,
            hookPath(hook.udid),
            hook.gone ? "gone" : yesNo(hook.enabled),
            String(hooks.waiting(hook)),
          ],
        })),
      fields: (id) => {
        const hook = hooks.all().find((one) => String(one.id) === id);
        return hook && switchOf("Enabled, yes or no", hook.enabled);
      },
      save: (id, { on }) => void hooks.change(id, { enabled: answerIn(on) }),
    },
    {
      ...base,
      object: "dlqs",
      noun: "incomplete executions",
      columns: ["Scenario", "Reason", "Since", "Attempts", "Resolved"],
      rows: () =>
        incompletes
          .all()
          .toReversed()
          .map((one) => ({
            id: one.id,
            faded: one.resolved,
            cells: [one.scenarioName, one.reason, minute(one.created), String(one.attempts), yesNo(one.resolved)], // prettier-ignore
          })),
      fields: (id) => {
        const one = incompletes.all().find((each) => each.id === id);
        return (
          one && [
            { name: "reason", label: "Reason", value: one.reason },
            { name: "payload", label: "What it was given", value: JSON.stringify(one.payload) },
          ]
        );
      },
      save() {
        throw refused("an incomplete execution is put right in its scenario.");
      },
    },
  ];
}
