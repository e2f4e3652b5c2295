import type { Collection } from "../../collection.ts";
import type { Hook, Hooks } from "./hooks.ts";
import type { Machine } from "./running.ts";
import type { Does, Scenario } from "./scenarios.ts";

/** Of a scenario and of a hook, what a person can change in Make itself. */
const SCENARIO = ["name", "isActive", "does", "keepsIncomplete", "run"];
const HOOK = ["name", "enabled", "gone", "queueLimit", "apiKey"];
const DOES: readonly Does[] = ["take", "fail", "post_event"];

/** Changes a scenario or a hook; `run` runs the scenario with what it is given. */
export async function editMake(
  scenarios: Collection<Scenario>,
  hooks: Hooks,
  machine: Machine,
  { object, id, set }: { object: string | null; id: string | null; set: Record<string, unknown> },
): Promise<unknown> {
  const kind = object ?? "scenarios";
  if (kind === "hooks") return hooks.change(id ?? "", allowed(set, HOOK) as Partial<Hook>);
  const scenario = scenarios.get(id ?? "");
  if (kind !== "scenarios" || scenario === undefined)
    throw new Error("It is the id of one of the scenarios or hooks.");
  const { isActive, run, ...rest } = allowed(set, SCENARIO);
  const does = rest["does"] as Does | undefined;
  if (does !== undefined && !DOES.includes(does))
    throw new Error(`It does one of ${DOES.join(", ")}.`);
  const changed = { ...scenario, ...rest, lastEdit: new Date().toISOString() } as Scenario;
  scenarios.set(String(scenario.id), changed);
  const turned = typeof isActive === "boolean" ? machine.turn(changed, isActive) : changed;
  return run === undefined ? turned : machine.run(turned, run, "manual").finished;
}

function allowed(set: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  const odd = Object.keys(set).find((name) => !names.includes(name));
  if (odd !== undefined) throw new Error(`There is no ${odd}; there are ${names.join(", ")}.`);
  return set;
}
