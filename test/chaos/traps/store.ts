import type { Ledger, LedgerEnd } from "#domain/ports/ledger.ts";
import type { Runs } from "#domain/ports/runs.ts";
import { isOver } from "#domain/run.ts";
import * as real from "#store/store.ts";
import type { Act } from "../points.ts";
import { sighted, through } from "./trap.ts";

export * from "#store/store.ts";

/** The real store, in which a worker may die before, during or after what it stores. */
export function openStore(...given: Parameters<typeof real.openStore>): real.Store {
  const store = real.openStore(...given);
  return { ...store, ledger: ledger(store.ledger), runs: runs(store.runs) };
}

const ledger = (real: Ledger): Ledger => ({ ...end(real), back: end(real.back) });

const end = <End extends LedgerEnd>(real: End): End => ({
  ...real,
  intend: (...about: Parameters<LedgerEnd["intend"]>) =>
    through(["intend"], () => real.intend(...about)),
  async commit(page: Parameters<LedgerEnd["commit"]>[0]) {
    const acts: Act[] = ["commit"];
    if (page.checkpoint !== undefined) acts.push("checkpoint");
    if (page.letters.length > 0) acts.push("letter");
    await through(acts, () => real.commit(page));
    sighted({ what: "worked" });
  },
});

const runs = (real: Runs): Runs => ({
  ...real,
  async get(id) {
    const run = await real.get(id);
    if (run !== undefined && isOver(run.state)) sighted({ what: "over", run: id });
    return run;
  },
  claim: (id, at, staleMs) =>
    through(["claim"], async () => {
      const claim = await real.claim(id, at, staleMs);
      if (claim !== undefined) sighted({ what: "claimed", run: id, flow: claim.run.flow });
      return claim;
    }),
  beat: (id, epoch) => through(["heartbeat"], () => real.beat(id, epoch)),
  turn: (id, epoch, state, at) =>
    isOver(state)
      ? through(["ending"], () => real.turn(id, epoch, state, at))
      : real.turn(id, epoch, state, at),
});
