import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openDatabase } from "#store/database.ts";
import { ask, keepAsking } from "./ask.ts";
import { flows } from "./books.ts";
import { makeCrew, type Tally } from "./crew.ts";
import type { Kept } from "./double.ts";
import { judge, type Verdict } from "./judge.ts";
import type { Plan } from "./plan.ts";
import { makeWatch, type Waits } from "./watch.ts";
import { openOutside } from "./world.ts";

export type Played = { tally: Tally; waits: Waits; caught: readonly string[]; verdict: Verdict };

/** After the last disturbance it has so long to come to rest; a delivery in a dead hand takes a minute. */
const restMs = 120_000;

const names = flows.map(({ name }) => name);

/** Lets the plan come about, then everything come to rest, and looks what there is. */
export async function play(
  plan: Plan,
  seed: number,
  url: string | null,
  say: (how: string) => void,
): Promise<Played> {
  const folder = await mkdtemp(join(tmpdir(), "tieline-chaos-"));
  await using parts = new AsyncDisposableStack();
  parts.defer(() => rm(folder, { recursive: true, force: true }));
  const outside = parts.use(await openOutside(join(folder, "outside"), seed));
  const watch = makeWatch();
  const env = { ...outside.env, ...(url === null ? {} : { DATABASE_URL: url }) };
  const crew = parts.use(makeCrew({ size: url === null ? 1 : 2, folder, env, watch }));
  const asking = keepAsking(names, crew.folders);
  await outside.double.ask("begin");
  const told = setInterval(() => say(`${String(crew.tally.kills)} kills`), 10_000).unref();
  await crew.live(plan.endings);
  clearInterval(told);

  await outside.double.ask("end");
  await asking.end();
  const dir = crew.folders()[0] ?? "";
  for (const verb of [["run"], ["run", "--full"]])
    for (const name of names) await ask(dir, [...verb, name]);
  const look = async (): Promise<Verdict> => {
    await using database = await openDatabase({ url, folder: dir });
    return await judge(await outside.double.ask<Kept>("kept"), database);
  };
  const deadline = Date.now() + restMs;
  if (url === null) {
    await sleep(3_000);
    await crew.stop();
  }
  let verdict = await look();
  while (verdict.wrong.length > 0 && url !== null && Date.now() < deadline) {
    await sleep(1_000);
    verdict = await look();
  }
  return { tally: crew.tally, waits: watch.waits, caught: watch.caught, verdict };
}
