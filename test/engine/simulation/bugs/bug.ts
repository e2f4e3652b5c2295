import type { LedgerEnd, PageOutcome } from "#domain/ports/ledger.ts";
import type { Ends, Source, Target } from "#domain/ports/tools.ts";
import type { Ports } from "#engine/ports.ts";
import type { Bug, World } from "../world.ts";

type Change<Part> = (sound: Part, world: World) => Partial<Part>;

/** Both ends of the ledger, since a bug in the store would be in both. */
export const inLedger =
  (change: Change<LedgerEnd>): NonNullable<Bug["ports"]> =>
  (ports, world) => ({
    ...ports,
    ledger: {
      ...ports.ledger,
      ...change(ports.ledger, world),
      back: { ...ports.ledger.back, ...change(ports.ledger.back, world) },
    },
  });

export const inLedgerBack =
  (change: (back: LedgerEnd, there: LedgerEnd) => Partial<LedgerEnd>): NonNullable<Bug["ports"]> =>
  (ports) => ({
    ...ports,
    ledger: { ...ports.ledger, back: { ...ports.ledger.back, ...change(ports.ledger.back, ports.ledger) } }, // prettier-ignore
  });

export const inCommit = (change: (page: PageOutcome, world: World) => PageOutcome) =>
  inLedger((sound, world) => ({ commit: (page) => sound.commit(change(page, world)) }));

const inEnds =
  (change: (ends: Ends, world: World) => Ends): NonNullable<Bug["ports"]> =>
  (ports, world): Ports => ({
    ...ports,
    async openFlow(flow, terms) {
      const { back, ...there } = await ports.openFlow(flow, terms);
      return { ...change(there, world), back: back && change(back, world) };
    },
  });

export const inTarget = (change: Change<Target>) =>
  inEnds((ends, world) => ({ ...ends, target: { ...ends.target, ...change(ends.target, world) } }));

export const inSource = (change: Change<Source>) =>
  inEnds((ends, world) => ({ ...ends, source: { ...ends.source, ...change(ends.source, world) } }));
