import type { Value } from "#domain/fields.ts";
import type { ForeseenAct } from "#domain/foresight.ts";
import { changesAllowed } from "#domain/flow.ts";
import type { HeldRun } from "#domain/ports/hold.ts";
import { valueText } from "#domain/value-text.ts";
import { askFor, hashOf } from "../approvals/request.ts";
import type { World } from "../world.ts";
import { heldKindName, type HeldAsked, type HeldSample } from "./held.ts";

/** It is the guard that asks, and so anybody but the one who started the run may answer. */
const asker = "Tieline";

/** Asks people whether a held run may do what it is about to do: exactly that, within a day. */
export async function askAboutHeld(
  world: World,
  { run, incident, foresight }: HeldRun,
): Promise<void> {
  const guard = (await world.registry.flow(run.flow))?.guard;
  if (guard == null) return;
  const { changes, deletes, linked, set, samples } = foresight;
  const what: HeldAsked = {
    set,
    incident,
    full: run.work.kind === "sync" && run.work.full,
    channel: run.channel,
    started_by: run.trigger.kind === "person" ? run.trigger.by : null,
    changes,
    deletes,
    linked,
    allowed: { changes: changesAllowed(guard, linked), deletes: guard.deletes },
    samples: samples.map(sampleOf),
  };
  const request = { kind: heldKindName, subject: run.flow, what } as const;
  const at = world.clock.now();
  const id = await world.approvals.draft({
    ...request,
    hash: hashOf(world, request),
    askedBy: asker,
    at,
  });
  await askFor(world, { id, ...request }, at);
}

/** Enough of a record to see what is meant. */
const most = { fields: 4, letters: 200 };

const sampleOf = ({ key, action, from, to }: ForeseenAct): HeldSample => ({
  key,
  action,
  fields: Object.keys(to)
    .slice(0, most.fields)
    .map((name) => ({ name, from: short(from[name]), to: short(to[name]) })),
});

const short = (value: Value | undefined): string => valueText(value ?? null).slice(0, most.letters);
