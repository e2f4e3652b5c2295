import { relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { outcome, standing, welcome } from "#cli/welcome.ts";
import { isOver } from "#domain/run.ts";
import type { Core } from "./core.ts";
import type { Served } from "./serve.ts";
import { version } from "./version.ts";

const system = { kind: "system" } as const;

/**
 * At most a dozen calm lines: what this is, what happened, where to look. In a sandbox a flow that never
 * ran runs for the first time, and its outcome is waited for.
 */
export async function* greet(
  { core, sandbox, url, simulated }: Served,
  dir: string,
  stopped: AbortSignal,
): AsyncGenerator<string> {
  yield `${welcome(await version(), simulated)}\n`;
  for (const status of await core.perform("flows.list", {}, system)) {
    const run =
      status.current ??
      (sandbox && status.last === null ? await first(core, status.flow.name) : null);
    if (run === null) yield standing(status);
    else if (sandbox !== null) yield outcome(await over(core, run.id, stopped));
  }
  if (sandbox === null) return;
  yield `\nOpen ${url}/ and press Inspect on a card in #integrations.`;
  yield `Everything is kept in ${relative(process.cwd(), dir) || dir}; Ctrl-C stops it.`;
}

const first = async (core: Core, flow: string) =>
  (await core.perform("runs.start", { flow }, system)).run;

/** The run at its end, or when it waits for something itself. */
async function over(core: Core, id: string, stopped: AbortSignal) {
  for (;;) {
    const run = await core.perform("runs.get", { run: id }, system);
    if (isOver(run.state) || run.state.kind === "waiting" || stopped.aborted) return run;
    await sleep(50);
  }
}
