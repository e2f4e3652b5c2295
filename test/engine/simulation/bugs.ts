import type { Ledger, PageOutcome } from "#domain/ports/ledger.ts";
import type { World } from "../../support/memory/world.ts";

/** Something broken on purpose, to see that the simulation would find it. */
export type Bug = { name: string; plant(world: World): void };

const onCommit =
  (change: (page: PageOutcome, world: World) => PageOutcome | Promise<PageOutcome>) =>
  (world: World): void => {
    const { commit } = world.ports.ledger;
    world.ports.ledger.commit = async (page) => commit(await change(page, world));
  };
const ledger =
  (part: (world: World, sound: Ledger) => Partial<Ledger>) =>
  (world: World): void => {
    Object.assign(world.ports.ledger, part(world, { ...world.ports.ledger }));
  };

export const bugs: readonly Bug[] = [
  {
    name: "the checkpoint moves although storing the outcome failed",
    plant: ledger((world, sound) => {
      let commits = 0;
      return {
        async commit(page) {
          if (page.checkpoint !== undefined && (commits += 1) % 3 === 0) {
            world.memory.checkpoints.set(page.flow, page.checkpoint);
            const { links: _links, letters: _letters, ...rest } = page;
            return sound.commit({ ...rest, links: [], letters: [] });
          }
          return sound.commit(page);
        },
      };
    }),
  },
  {
    name: "the ledger ignores the epoch",
    plant: ledger((world, sound) => {
      const current = (page: { flow: PageOutcome["flow"] }) =>
        world.memory.epochs.get(page.flow) ?? 0;
      return {
        commit: (page) => sound.commit({ ...page, epoch: current(page) }),
        intend: (flow, _epoch, requests) => sound.intend(flow, current({ flow }), requests),
      };
    }),
  },
  {
    name: "the ledger forgets what was about to be sent",
    plant: ledger(() => ({ intend: () => Promise.resolve() })),
  },
  {
    name: "dead letters are not stored",
    plant: onCommit((page) => ({ ...page, letters: [] })),
  },
  {
    name: "dead letters are never settled",
    plant: onCommit((page) => ({ ...page, settled: [] })),
  },
  {
    name: "a refused record counts as seen",
    plant: onCommit((page) => ({
      ...page,
      links: [
        ...page.links,
        ...page.letters.map(({ key, hash, fields }) => ({
          key,
          hash,
          id: `none-${key}`,
          version: null,
          base: fields,
          back: null,
        })),
      ],
    })),
  },
  {
    name: "requests are never marked as answered",
    plant: onCommit((page) => ({ ...page, answered: [] })),
  },
  {
    name: "the ledger knows nobody",
    plant: ledger(() => ({ look: () => Promise.resolve(new Map()) })),
  },
  {
    name: "the ledger does not say what is linked already",
    plant: ledger(() => ({ linkedTo: () => Promise.resolve(new Map()) })),
  },
  {
    name: "a commit counts twice",
    plant: onCommit((page) => ({
      ...page,
      counts: { ...page.counts, read: page.counts.read + 1 },
    })),
  },
  {
    name: "the target forgets the ids of requests",
    plant({ target }) {
      const { send } = target;
      let ids = 0;
      target.send = (request, signal) => send({ ...request, id: `${(ids += 1)}` }, signal);
    },
  },
  {
    name: "the target's search never finds anything",
    plant({ target }) {
      target.find = (_field, wanted) => Promise.resolve(wanted.map(() => []));
    },
  },
  {
    name: "the target's outcomes come in another order",
    plant({ target }) {
      const { send } = target;
      target.send = async (request, signal) => {
        const sent = await send(request, signal);
        return sent.kind === "each" ? { ...sent, outcomes: sent.outcomes.toReversed() } : sent;
      };
    },
  },
  {
    name: "the target says a lost write was refused",
    plant({ target }) {
      const { send } = target;
      target.send = async (request, signal) => {
        const sent = await send(request, signal);
        if (sent.kind !== "unknown") return sent;
        const problem = { class: "rejected", field: null, code: null, message: "lost" } as const;
        return { kind: "refused", problem };
      };
    },
  },
  {
    name: "the source skips a record at the edge of a page",
    plant({ source }) {
      const { pages } = source;
      source.pages = async function* (from, about) {
        for await (const page of pages(from, about)) {
          const records = page.records.length > 4 ? page.records.slice(0, -1) : page.records;
          yield { ...page, records };
        }
      };
    },
  },
];
