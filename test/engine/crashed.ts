import type { Fields } from "#domain/fields.ts";
import type { Link } from "#domain/link.ts";
import type { NewDeadLetter, PageOutcome } from "#domain/ports/ledger.ts";
import type { Write } from "#domain/record.ts";
import { noCounts } from "#domain/run.ts";
import type { Claimed } from "#engine/claimed.ts";
import { settleUnanswered } from "#engine/unanswered.ts";
import { makeWorld, person } from "../support/memory/world.ts";
import { inHand } from "./in-hand.ts";

export const linkOf = (key: string, id: string): Link => ({ key, id, version: "1", hash: "before", base: person(key), back: null }); // prettier-ignore
export const create = (key: string, fields: Fields = person(key)): Write => ({ kind: "create", key, hash: "h", fields }); // prettier-ignore
export const update = (key: string, id: string, fields: Fields = { notes: "new" }): Write => ({ kind: "update", key, hash: "h", id, version: null, fields }); // prettier-ignore
export const archive = (key: string, id: string): Write => ({
  kind: "archive",
  key,
  id,
  version: null,
});

/** A flow whose worker stopped after it had announced a request. */
export function crashed(repeat: "request_id" | "upsert" | "lookup" | "nothing", more: Partial<Claimed> = {}) {
  const world = makeWorld();
  const { target, memory } = world;
  target.repeat = repeat;
  const claimed = inHand(world, more);
  const { name } = claimed.flow;
  const pages: PageOutcome[] = [];
  const told: number[] = [];
  const ledger = {
    ...world.ports.ledger,
    commit: (page: PageOutcome) => {
      pages.push(page);
      return world.ports.ledger.commit(page);
    },
  };
  const waiting = async (key: string, hash: string): Promise<void> => {
    const problem = { class: "rejected", field: null, code: null, message: "No" } as const;
    const letter: NewDeadLetter = { key, direction: "write", problem, fingerprint: "f", fields: {}, hash, raw: new Uint8Array() }; // prettier-ignore
    const nothing = { links: [], unlinked: [], settled: [], conflicts: [], agreed: [], answered: [], events: [] }; // prettier-ignore
    await world.ports.ledger.commit({ ...nothing, letters: [letter], run: claimed.run.id, flow: name, epoch: 1, at: world.clock.now(), by: "U1", checkpoint: undefined, counts: noCounts }); // prettier-ignore
  };
  return {
    world,
    target,
    pages,
    told,
    waiting,
    left: (...writes: Write[]) =>
      memory.intents.push({ flow: name, way: "there", request: { id: `request-${memory.intents.length + 1}`, writes } }), // prettier-ignore
    link: (key: string, id: string) => memory.links.set(name, new Map(world.links()).set(key, linkOf(key, id))), // prettier-ignore
    settle: () => settleUnanswered({ ...world.ports, ledger }, claimed, async (letters) => void told.push(letters)), // prettier-ignore
  };
} // prettier-ignore
export const bothWays = {
  flow: { ...makeWorld().flow(), twoWay: { default: "ask" as const, fields: {} } },
};
