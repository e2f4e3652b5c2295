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
import type { Plan, Trouble } from "./plan.ts";
import { watchStill } from "./still.ts";
import type { Troubled } from "./trouble.ts";
import { makeWatch, type Waits, type Watch } from "./watch.ts";
import { openOutside, type Outside } from "./world.ts";

export type Played = {
  tally: Tally;
  waits: Waits;
  caught: readonly string[];
  troubles: { done: readonly Trouble[]; impossible: readonly Trouble[] };
  verdict: Verdict;
};

/** After the last disturbance it has so long to come to rest; a delivery in a dead hand takes a part of it. */
const restMs = 120_000;
/** Slack takes one message a second in a channel, and here there is one channel. */
const messageMs = 1_200;

const tellMs = 30_000;
const never = new AbortController().signal;
const names = flows.map(({ name }) => name);

/**
 * Lets the plan come about, then everything come to rest, and looks what there is.
 * @throws when nothing gets on any more, or a worker cannot be had
 */
export async function play(
  plan: Plan,
  seed: number,
  postgres: Troubled | null,
  enough: AbortSignal,
  say: (how: string) => void,
): Promise<Played> {
  const folder = await mkdtemp(join(tmpdir(), "tieline-chaos-"));
  await using parts = new AsyncDisposableStack();
  parts.defer(() => rm(folder, { recursive: true, force: true }));
  const outside = parts.use(await openOutside(join(folder, "outside"), seed));
  const watch = makeWatch();
  const env = { ...outside.env, ...(postgres === null ? {} : { DATABASE_URL: postgres.url }) };
  const crew = parts.use(makeCrew({ size: postgres === null ? 1 : 2, folder, env, watch, say }));
  const asking = parts.use(keepAsking(names, crew.folders));
  const over = new AbortController();
  parts.defer(() => over.abort());
  await outside.double.ask("begin");
  const told = setInterval(() => say(`${String(crew.tally.kills)} kills`), tellMs).unref();
  parts.defer(() => clearInterval(told));
  let doing = "workers live and die";

  async function disturbed(): Promise<Played["troubles"]> {
    const troubling = cause(plan, postgres, { outside, watch, tally: crew.tally, over: over.signal, say }); // prettier-ignore
    await crew.live(plan.endings, enough);
    over.abort();
    doing = "the last trouble passes";
    const troubles = await troubling;
    await outside.double.ask("end");
    doing = "what was asked for comes to its end";
    await asking.end();
    for (const verb of [["run"], ["run", "--full"]])
      for (const name of names) {
        doing = `${verb.join(" ")} ${name}`;
        await ask(crew.folders()[0] ?? "", [...verb, name]);
      }
    return troubles;
  }

  const progress = (): string => `${doing}, ${JSON.stringify(crew.tally)}`;
  const standing = (): string => [...asking.open(), ...crew.standing()].join("\n");
  using watched = watchStill(progress, standing);
  const troubles = await Promise.race([disturbed(), watched.still]);
  watched[Symbol.dispose]();
  const verdict = await settled(crew, async () => {
    const url = postgres?.straight ?? null;
    await using database = await openDatabase({ url, folder: crew.firstFolder });
    return await judge(await outside.double.ask<Kept>("kept"), database);
  });
  return { tally: crew.tally, waits: watch.waits, caught: watch.caught, troubles, verdict };
}

/** What waits for its time comes to it; an embedded database can be looked at once nobody has it. */
async function settled(
  crew: ReturnType<typeof makeCrew>,
  look: () => Promise<Verdict>,
): Promise<Verdict> {
  const began = Date.now();
  let deadline: number | null = null;
  for (;;) {
    if (crew.size === 1) await crew.stop();
    const verdict = await look();
    deadline ??= began + restMs + verdict.messages * messageMs;
    if (verdict.wrong.length === 0 || Date.now() > deadline) return verdict;
    if (crew.size === 1) await crew.live([], never);
    await sleep(crew.size === 1 ? 10_000 : 500);
  }
}

type Causing = {
  outside: Outside;
  watch: Watch;
  tally: Tally;
  over: AbortSignal;
  say(how: string): void;
};

/** Each trouble at its place among the kills, which go on meanwhile. */
async function cause(
  plan: Plan,
  postgres: Troubled | null,
  { outside, watch, tally, over, say }: Causing,
): Promise<Played["troubles"]> {
  const done: Trouble[] = [];
  const impossible: Trouble[] = [];
  const step = plan.endings.length / (plan.troubles.length + 1);
  for (const [place, trouble] of plan.troubles.entries()) {
    while (tally.kills < Math.floor(step * (place + 0.5)) && !over.aborted) await sleep(50);
    if (over.aborted) break;
    if (postgres === null) return { done, impossible };
    say(`trouble: ${trouble}`);
    watch.excuse();
    const caused = await postgres.cause(trouble, () => outside.double.ask<number>("writes"));
    (caused ? done : impossible).push(trouble);
    watch.excuse();
    watch.back(Date.now());
  }
  return { done, impossible };
}
