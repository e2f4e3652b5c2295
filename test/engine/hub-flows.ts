import type { FlowName } from "#domain/ids.ts";
import type { Link } from "#domain/link.ts";
import type { PageOutcome } from "#domain/ports/ledger.ts";
import { noCounts } from "#domain/run.ts";
import { memoryLedger } from "../support/memory/ledger.ts";
import { makeWorld } from "../support/memory/world.ts";

const noon = Temporal.Instant.from("2026-09-01T12:00:00Z");

/** What a page stores, where that is nothing but links. */
export const page = (name: FlowName, links: readonly Link[]): PageOutcome => ({ run: "r" as never, flow: name, epoch: 1, at: noon, by: "U1", checkpoint: undefined, counts: noCounts, links, unlinked: [], letters: [], settled: [], conflicts: [], agreed: [], answered: [], sendings: [], events: [] }); // prettier-ignore

/**
 * A flow to the hub and the one that comes back, both in somebody's hands. `asked` and `askedBack` note which
 * keys are looked up in `ledger`; `plain` is the same one, unobserved.
 */
export function twoFlows() {
  const { memory, flow } = makeWorld();
  const there = flow().name;
  const back = "people-back" as FlowName;
  memory.epochs.set(there, 1);
  memory.epochs.set(back, 1);
  const plain = memoryLedger(memory);
  const asked: (readonly string[])[] = [];
  const askedBack: (readonly string[])[] = [];
  const ledger: typeof plain = {
    ...plain,
    look(name, keys) {
      asked.push(keys);
      return plain.look(name, keys);
    },
    back: {
      ...plain.back,
      look(name, keys) {
        askedBack.push(keys);
        return plain.back.look(name, keys);
      },
    },
  };
  const stored = (key: string) => memory.links.get(there)?.get(key);
  return { memory, plain, ledger, there, back, asked, askedBack, stored };
}
