import type { LedgerEnd, PageOutcome } from "#domain/ports/ledger.ts";
import type { Pair } from "../../support/memory/pair.ts";
import type { PairBug } from "./life.ts";

/** Both ends of the ledger, since a bug in the store would be in both. */
const ends = (pair: Pair): readonly LedgerEnd[] => [pair.ports.ledger, pair.ports.ledger.back];

const onCommit =
  (change: (page: PageOutcome) => PageOutcome) =>
  (pair: Pair): void => {
    for (const end of ends(pair)) {
      const { commit } = end;
      end.commit = (page) => commit(change(page));
    }
  };

export const bugs: readonly PairBug[] = [
  {
    name: "what the other side held is not remembered",
    plant: onCommit((page) => ({
      ...page,
      links: page.links.map((link) => ({ ...link, back: link.back && { ...link.back, base: {} } })),
    })),
  },
  {
    name: "conflicts are not stored",
    plant: onCommit((page) => ({ ...page, conflicts: [] })),
  },
  {
    name: "conflicts are never settled",
    plant: onCommit((page) => ({ ...page, agreed: [] })),
  },
  {
    name: "what is owed is forgotten",
    plant(pair) {
      for (const end of ends(pair)) end.owed = () => Promise.resolve([]);
    },
  },
  {
    name: "the way back does not know what is linked",
    plant(pair) {
      pair.ports.ledger.back.look = () => Promise.resolve(new Map());
    },
  },
  {
    name: "the ways share one checkpoint",
    plant(pair) {
      pair.ports.ledger.back.checkpoint = pair.ports.ledger.checkpoint;
    },
  },
  {
    name: "requests of the way back are settled as if they went there",
    plant(pair) {
      pair.ports.ledger.back.unanswered = () => Promise.resolve([]);
    },
  },
  {
    name: "the other side is shown as it was when both agreed",
    plant(pair) {
      const { read } = pair.right;
      pair.right.read = async (ids, signal) => {
        const links = new Map([...pair.links().values()].map((link) => [link.id, link.back?.base]));
        const records = await read(ids, signal);
        return records.map((record) => ({
          ...record,
          fields: { ...record.fields, ...links.get(record.id) },
        }));
      };
    },
  },
];
