import type { Operations } from "../contract.ts";
import { Mistake } from "#domain/errors.ts";
import type { Run } from "#domain/run.ts";
import type { Asked } from "../operation.ts";
import { tellIncidents } from "../tell.ts";
import type { RetryPlan } from "./contract.ts";
import { lookFirst } from "./in-doubt.ts";
import { note } from "./note.ts";

/** One run that takes all that is open, a few at a time. */
export async function retryAll(
  { world, by, at, ...asked }: Asked,
  { flow, incident, records, undecided }: RetryPlan,
  { version, channel }: { version: number | undefined; channel: string | undefined },
): Promise<Operations["letters.retry"]["out"]> {
  if (records === 0) throw new Mistake(lookFirst(undecided));
  const { run, fresh } = await world.runs.retryAll(
    { flow, incident, by, as: version ?? null, total: records, channel: channel ?? null },
    at,
  );
  if (!fresh) return { run: null, taken: 0, busy: [{ id: run.id, by: byOf(run) }], undecided };
  await world.queue.add({ kind: "run", run: run.id });
  const what = `Retrying ${records.toLocaleString("en")} records: one, then ten, then the rest`;
  if (incident !== null) await note({ world, by, at, ...asked }, incident, what);
  else await tellIncidents(world, await world.incidents.open(flow));
  return { run, taken: records, busy: [], undecided };
}

const byOf = ({ trigger }: Run): string => (trigger.kind === "person" ? trigger.by : "Tieline");
