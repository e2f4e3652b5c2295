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

/** Asks for each flow to run, again and again, whoever is there to be asked. */
export function keepAsking(flows: readonly string[], folders: () => readonly string[]) {
  let over = false;

  async function each(flow: string, place: number): Promise<void> {
    for (let turn = place; !over; turn += 1) {
      const open = folders();
      const dir = open[turn % Math.max(1, open.length)];
      const verb = turn % often === often - 1 ? ["retry", flow, "--yes"] : ["run", flow];
      if (dir !== undefined) await ask(dir, verb);
      await sleep(pauseMs);
    }
  }
  const asking = Promise.all(flows.map(each));
  return {
    async end(): Promise<void> {
      over = true;
      await asking;
    },
  };
}
