import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { askRunning } from "#cli/control/ask.ts";
import { controlPath } from "#cli/control/path.ts";

const never = new AbortController().signal;

/** Has a running Tieline carry out a command line, as one typed in its folder; null when it ended meanwhile. */
export async function ask(dir: string, argv: readonly string[]): Promise<string | null> {
  let out = "";
  const code = await askRunning(
    controlPath(dir),
    { argv: [...argv, "--json"], files: {}, isTTY: false, columns: 80 },
    {
      stdout: { write: (text: string) => void (out += text) },
      stderr: { write: () => undefined },
      interrupted: never,
    },
  );
  return code === undefined || out === "" ? null : out;
}

/** Between the end of a run and the next one: time for something to change, and for others on this machine. */
const pauseMs = 400;
/** Once in so many times all dead letters are tried again: each time Slack is told of it. */
const often = 11;

/** Asks for each flow to run, again and again, whoever is there to be asked; disposed, it asks no more. */
export function keepAsking(flows: readonly string[], folders: () => readonly string[]) {
  let over = false;
  const open = new Set<string>();

  async function each(flow: string, place: number): Promise<void> {
    for (let turn = place; !over; turn += 1) {
      const there = folders();
      const dir = there[turn % Math.max(1, there.length)];
      const verb = turn % often === often - 1 ? ["retry", flow, "--yes"] : ["run", flow];
      if (dir !== undefined) {
        const asked = `${verb.join(" ")} was asked in ${basename(dir)} at ${new Date().toISOString()}`;
        open.add(asked);
        await ask(dir, verb);
        open.delete(asked);
      }
      await sleep(pauseMs);
    }
  }
  const asking = Promise.all(flows.map(each));
  return {
    /** What has not been answered yet, in sentences. */
    open: (): readonly string[] => [...open],
    async end(): Promise<void> {
      over = true;
      await asking;
    },
    [Symbol.dispose]: () => void (over = true),
  };
}
