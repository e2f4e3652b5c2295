import { changesAllowed, type Guard } from "#domain/flow.ts";
import type { Foresight, ForeseenAct } from "#domain/foresight.ts";
import type { Hash } from "#domain/ports/world.ts";
import { changesOf } from "./content.ts";
import type { Open } from "./open.ts";

/** What would be done to records that are linked, added up: as much of it as fits in a few lines. */
export type Tally = {
  readonly changes: number;
  readonly deletes: number;
  /** The sum of all marks: the same for the same acts in whatever order. */
  readonly sum: bigint;
  readonly samples: readonly ForeseenAct[];
};

export const none: Tally = { changes: 0, deletes: 0, sum: 0n, samples: [] };

const samplesKept = 5;
const modulus = 1n << 256n;

/** An update of a linked record, or an archive: what a guard is about. */
export const isAct = ({ first }: Open): boolean => first === "update" || first === "archive";

/** One act as a number: key, action and content. */
export function markOf(hash: Hash, { item, first }: Open): bigint {
  const text = hash(JSON.stringify([item.key, first, item.content.hash]));
  return BigInt(`0x${Buffer.from(text, "base64url").toString("hex")}`);
}

export function plus(tally: Tally, open: Open, mark: bigint): Tally {
  const { changes, deletes, sum, samples } = tally;
  return {
    changes: changes + (open.first === "update" ? 1 : 0),
    deletes: deletes + (open.first === "archive" ? 1 : 0),
    sum: (sum + mark) % modulus,
    samples: samples.length < samplesKept ? [...samples, actOf(open)] : samples,
  };
}

/** As it was agreed on last beside what it would be: nothing is asked of the target for it. */
function actOf({ item, first }: Open): ForeseenAct {
  const { key, known, content } = item;
  if (first === "archive") return { key, action: "delete", from: {}, to: {} };
  return { key, action: "change", ...changesOf(known.link?.base ?? {}, content.fields) };
}

export const isWithin = (
  guard: Guard,
  linked: number,
  { changes, deletes }: Pick<Tally, "changes" | "deletes">,
): boolean => deletes <= guard.deletes && changes <= changesAllowed(guard, linked);

export const foresightOf = (hash: Hash, linked: number, tally: Tally): Foresight => ({
  changes: tally.changes,
  deletes: tally.deletes,
  linked,
  set: hash(JSON.stringify([tally.changes, tally.deletes, tally.sum.toString(36)])),
  samples: tally.samples,
});

/** Why a run is held, in one sentence. */
export function heldText(guard: Guard, linked: number, { changes, deletes }: Foresight): string {
  const allowed = `${changesAllowed(guard, linked)} changes and ${guard.deletes} deletes`;
  return (
    `It would change ${changes} and archive ${deletes} of ${linked} linked records; ` +
    `the guard allows ${allowed} in one run.`
  );
}
