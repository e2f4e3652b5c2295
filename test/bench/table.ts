import type { Acknowledged } from "./acks.ts";
import { acts, type Lap, type Outcome } from "./race.ts";
import type { Grown } from "./large.ts";
import type { Announced } from "./latency.ts";
import { median } from "./measure.ts";
import type { Delivered } from "./webhooks.ts";

/** The figures as a Markdown table: medians of all laps, ratios to the loop of the same run. */
export function tableOf({ options, laps, memory, cores }: Outcome): string {
  const of = (who: Lap["who"], act: Lap["act"]) =>
    laps.filter((lap) => lap.who === who && lap.act === act);
  const middle = (some: readonly Lap[], pick: (lap: Lap) => number) => median(some.map(pick));
  const loop = middle(of("loop", "first run"), ({ rate }) => rate);
  const row = (who: Lap["who"], act: Lap["act"]): string => {
    const some = of(who, act);
    const cpu = middle(some, (lap) => lap.cpu);
    const databaseCpu = middle(some, (lap) => lap.databaseCpu);
    const peak = memory.get(who);
    const rate = middle(some, (lap) => lap.rate);
    return cells(
      who === "loop" ? "bare loop" : `${who}: ${act}`,
      whole(rate),
      (rate / loop).toFixed(2),
      withDatabase(cpu, databaseCpu),
      whole(middle(some, (lap) => lap.read)),
      peak === undefined ? "" : whole(peak),
    );
  };
  return [
    `${whole(options.records)} records, medians of ${options.reps}, ${cores} cores`,
    "",
    cells("", "records/s", "ratio", "CPU s per million (+ database)", "records read", "peak MiB"),
    cells("---", "--:", "--:", "--:", "--:", "--:"),
    row("loop", "first run"),
    ...options.databases.flatMap((database) => acts.map((act) => row(database, act))),
  ].join("\n");
}

/** The same for pace and memory with many records beside those with few. */
export function growthOf(grown: readonly Grown[]): string {
  const line = ({ database, records, few, many, peak }: Grown, what: "first" | "same"): string =>
    cells(
      `${database}: ${what === "first" ? "first run" : "nothing changed"}`,
      whole(few[what]),
      whole(many[what]),
      (many[what] / few[what]).toFixed(2),
      `${whole(peak)} at ${whole(records)}`,
    );
  return [
    cells("", "records/s with 10,000", "with many", "ratio", "peak MiB"),
    cells("---", "--:", "--:", "--:", "--:"),
    ...grown.flatMap((one) => [line(one, "first"), line(one, "same")]),
  ].join("\n");
}

/** The same for deliveries to the door. */
export const deliveriesOf = (delivered: readonly Delivered[]): string =>
  [
    cells("", "deliveries/s", "median ms", "99th percentile ms", "CPU s per million (+ database)"),
    cells("---", "--:", "--:", "--:", "--:"),
    ...delivered.map(({ database, rate, p50, p99, cpu, databaseCpu }) =>
      cells(database, whole(rate), p50.toFixed(1), p99.toFixed(1), withDatabase(cpu, databaseCpu)),
    ),
  ].join("\n");

/** The same for changes announced by webhooks. */
export const latencyOf = (announced: readonly Announced[]): string =>
  [
    cells("", "changes", "median ms", "99th percentile ms", "slowest ms"),
    cells("---", "--:", "--:", "--:", "--:"),
    ...announced.map(({ database, changes, p50, p99, most }) =>
      cells(database, whole(changes), whole(p50), whole(p99), whole(most)),
    ),
  ].join("\n");

/** The same for commands typed while runs go on. */
export const acksOf = (acknowledged: readonly Acknowledged[]): string =>
  [
    cells(
      "",
      "commands",
      "too late for Slack",
      "median ms",
      "99th percentile ms",
      "slowest ms",
      "records/s meanwhile",
    ),
    cells("---", "--:", "--:", "--:", "--:", "--:", "--:"),
    ...acknowledged.map(
      ({ database, way, commands, late, p50, p99, most, rate }) =>
      cells(`${database}, ${way === "http" ? "HTTP" : "Socket Mode"}`, whole(commands), whole(late), whole(p50), whole(p99), whole(most), whole(rate)), // prettier-ignore
    ),
  ].join("\n");

const withDatabase = (cpu: number, databaseCpu: number): string =>
  databaseCpu > 0 ? `${cpu.toFixed(1)} + ${databaseCpu.toFixed(1)}` : cpu.toFixed(1);

const cells = (...texts: readonly string[]): string => `| ${texts.join(" | ")} |`;
const whole = (value: number): string => Math.round(value).toLocaleString("en-US");
