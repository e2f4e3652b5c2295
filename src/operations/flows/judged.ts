import type { Flow } from "#domain/flow.ts";
import { flowWords } from "../workspace/flow-words.ts";
import type { World } from "../world.ts";
import { draftOf } from "./draft.ts";

/** What the checks say to a flow that is there, as things are now. */
export async function judged(
  world: World,
  flow: Flow,
): Promise<{ errors: readonly string[]; warnings: readonly string[] }> {
  const draft = await draftOf(world, flow.name, flowWords(flow));
  return draft.kind === "good"
    ? { errors: [], warnings: draft.warnings }
    : { errors: draft.problems.map(({ message }) => message), warnings: [] };
}
