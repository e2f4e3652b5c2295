import { readdirSync, readFileSync } from "node:fs";

export type Measured<Result> = {
  result: Result;
  seconds: number;
  /** Seconds of CPU of this process, and of the others that were named. */
  cpu: number;
  othersCpu: number;
};

/** Does it, and says what it cost. */
export async function measured<Result>(
  others: readonly number[],
  work: () => Promise<Result>,
): Promise<Measured<Result>> {
  const [began, cpu, othersCpu] = [performance.now(), ownCpu(), treeCpu(others)];
  const result = await work();
  return {
    result,
    seconds: (performance.now() - began) / 1000,
    cpu: ownCpu() - cpu,
    othersCpu: treeCpu(others) - othersCpu,
  };
}

function ownCpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

const ticks = 100;

/** Of these processes, their children and those of them that have ended (Linux; elsewhere nothing). */
function treeCpu(roots: readonly number[]): number {
  if (roots.length === 0) return 0;
  let total = 0;
  for (const name of procs()) {
    const fields = statOf(name);
    if (fields === null) continue;
    const [, parent = 0] = [name, Number(fields[1])];
    const own = Number(fields[11]) + Number(fields[12]);
    const ended = Number(fields[13]) + Number(fields[14]);
    if (roots.includes(Number(name))) total += own + ended;
    else if (roots.includes(parent)) total += own;
  }
  return total / ticks;
}

function procs(): string[] {
  try {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** What stands after the process's name: state, parent, … */
function statOf(pid: string): string[] | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? null;
  } catch {
    return null;
  }
}

/** The most memory this process ever held, in MiB. */
export const peakMemory = (): number => process.resourceUsage().maxRSS / 1024;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2;
}

/** The value that this part of them do not exceed, 0.99 for nearly all. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? NaN;
}
