import type { LedgerEnd } from "#domain/ports/ledger.ts";
import type { Bug } from "../world.ts";
import { inCommit, inLedger, inLedgerBack } from "./bug.ts";

const forgetful: Pick<LedgerEnd, "look" | "compare"> = {
  look: () => Promise.resolve(new Map()),
  compare: () => Promise.resolve({ same: new Set(), known: new Map() }),
};

/** What a store, or the way it is spoken to, may get wrong. */
export const inTheLedger: readonly Bug[] = [
  {
    name: "checkpoint-first",
    about: "the checkpoint is stored before the outcome",
    ports: (ports, world) => ({
      ...ports,
      ledger: {
        ...ports.ledger,
        commit({ checkpoint, ...page }) {
          if (checkpoint !== undefined) world.memory.checkpoints.set(page.flow, checkpoint);
          return ports.ledger.commit({ ...page, checkpoint: undefined });
        },
      },
    }),
  },
  {
    name: "two-statements",
    about: "a page is stored in two statements",
    ports: inLedger((sound) => ({
      async commit(page) {
        await sound.commit({ ...page, letters: [], answered: [], conflicts: [] });
        const { run, flow, epoch, at, by, letters, answered, conflicts } = page;
        const nothing = { read: 0, created: 0, updated: 0, unchanged: 0, filtered: 0, deleted: 0, deadLettered: 0, held: 0 }; // prettier-ignore
        await sound.commit({ run, flow, epoch, at, by, letters, answered, conflicts, events: [], counts: nothing, checkpoint: undefined, links: [], unlinked: [], settled: [], agreed: [] }); // prettier-ignore
      },
    })),
  },
  {
    name: "no-fencing",
    about: "the ledger ignores the epoch",
    ports: inLedger((sound, world) => ({
      commit: (page) => sound.commit({ ...page, epoch: world.memory.epochs.get(page.flow) ?? 0 }),
      intend: (flow, _epoch, requests) => sound.intend(flow, world.memory.epochs.get(flow) ?? 0, requests), // prettier-ignore
    })),
  },
  {
    name: "no-intents",
    about: "what is about to be sent is not stored",
    ports: inLedger(() => ({ intend: () => Promise.resolve() })),
  },
  {
    name: "remade-too-soon",
    about: "what a dead worker's tool may still be at work on is made anew at once",
    ports: inLedger((sound) => ({
      unanswered: async (flow) => ({ ...(await sound.unanswered(flow)), silentMs: Infinity }),
    })),
  },
  {
    name: "announced-unheard",
    about: "who announces requests is taken for one that only waited for those of another",
    ports: inLedger((sound, { memory }) => ({
      async intend(flow, epoch, requests) {
        const before = memory.left.get(flow);
        await sound.intend(flow, epoch, requests);
        if (before !== undefined) memory.left.set(flow, before);
      },
    })),
  },
  {
    name: "never-answered",
    about: "requests are never marked as answered",
    ports: inCommit((page) => ({ ...page, answered: [] })),
  },
  {
    name: "letters-not-stored",
    about: "dead letters are not stored",
    ports: inCommit((page) => ({ ...page, letters: [] })),
  },
  {
    name: "letters-not-settled",
    about: "dead letters are never settled",
    ports: inCommit((page) => ({ ...page, settled: [] })),
  },
  {
    name: "bytes-not-kept",
    about: "a dead letter keeps our form of the record instead of its bytes",
    ports: inCommit((page) => ({
      ...page,
      letters: page.letters.map((letter) => ({ ...letter, raw: Buffer.from(JSON.stringify(letter.fields)) })), // prettier-ignore
    })),
  },
  {
    name: "refused-is-seen",
    about: "a refused record counts as seen",
    ports: inCommit((page) => ({
      ...page,
      links: [
        ...page.links,
        ...page.letters.map(({ key, hash, fields }) => ({ key, hash, id: `none-${key}`, version: null, base: fields, back: null })), // prettier-ignore
      ],
    })),
  },
  {
    name: "books-not-counted",
    about: "a dead letter is not counted",
    ports: inCommit((page) => ({ ...page, counts: { ...page.counts, deadLettered: 0 } })),
  },
  {
    name: "counted-twice",
    about: "a record is counted twice",
    ports: inCommit((page) => ({ ...page, counts: { ...page.counts, read: page.counts.read + 1 } })), // prettier-ignore
  },
  {
    name: "always-new",
    about: "a flow of which no page was finished counts as one of which nothing is known",
    ports: inLedger(() => ({ isNew: () => Promise.resolve(true) })),
  },
  {
    name: "knows-nobody",
    about: "the ledger finds no link",
    ports: inLedger(() => forgetful),
  },
  {
    name: "owners-unknown",
    about: "the ledger does not say what is linked already",
    ports: inLedger(() => ({ linkedTo: () => Promise.resolve(new Map()) })),
  },
  {
    name: "links-not-ended",
    about: "the link of what was archived stays",
    // Around a hub one delete would bring about the next for hours.
    ports: inCommit((page, { plan }) => (plan.topology === "one_way" ? { ...page, unlinked: [] } : page)), // prettier-ignore
  },
  {
    name: "echo-not-recognised",
    about: "what the other side held is not remembered",
    ports: inCommit((page) => ({
      ...page,
      links: page.links.map((link) => ({ ...link, back: link.back && { ...link.back, base: {} } })),
    })),
  },
  {
    name: "base-without-write",
    about: "both sides count as agreed while a person is asked",
    ports: inCommit((page) => ({
      ...page,
      links: page.links.map((link) => {
        const asked = page.conflicts.find(({ key, target }) => key === link.key || target === link.key); // prettier-ignore
        if (asked === undefined || link.back === null) return link;
        const side = (name: "source" | "target") => Object.fromEntries(Object.entries(asked.fields).map(([field, of]) => [field, of[name]])); // prettier-ignore
        const [own, other] = asked.key === link.key ? [side("source"), side("target")] : [side("target"), side("source")]; // prettier-ignore
        return { ...link, base: { ...link.base, ...own }, back: { ...link.back, base: { ...link.back.base, ...other } } }; // prettier-ignore
      }),
    })),
  },
  {
    name: "conflict-dropped",
    about: "conflicts are not stored",
    ports: inCommit((page) => ({ ...page, conflicts: [] })),
  },
  {
    name: "conflict-not-settled",
    about: "conflicts are never settled",
    ports: inCommit((page) => ({ ...page, agreed: [] })),
  },
  {
    name: "back-knows-nobody",
    about: "the way back does not know what is linked",
    ports: inLedgerBack(() => forgetful),
  },
  {
    name: "one-checkpoint",
    about: "the two ways share one checkpoint",
    ports: inLedgerBack((_back, there) => ({ checkpoint: there.checkpoint })),
  },
  {
    name: "back-unanswered",
    about: "requests of the way back are never looked after",
    ports: inLedgerBack(() => ({
      unanswered: () => Promise.resolve({ requests: [], silentMs: 0 }),
    })),
  },
];
