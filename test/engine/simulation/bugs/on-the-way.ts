import { answerMs } from "#domain/answer-time.ts";
import { RetryLater, isSystemic } from "#domain/errors.ts";
import type { Sent, WriteOutcome } from "#domain/record.ts";
import type { Bug } from "../world.ts";
import { inSource, inTarget } from "./bug.ts";

const lost = { class: "rejected", field: null, code: null, message: "lost" } as const;

/** What the way to a tool may get wrong, or what is made of its answers. */
export const onTheWay: readonly Bug[] = [
  {
    name: "matched-by-index",
    about: "the results of a batch are matched by their position",
    plant: ({ plan }) => {
      for (const shape of [plan.crm, plan.books]) shape.matched = "position";
    },
  },
  {
    name: "stale-list-believed",
    about: "what a list that is behind shows counts as what its records hold",
    plant: ({ plan }) => {
      for (const shape of [plan.crm, plan.books]) shape.compact = false;
    },
  },
  {
    name: "told-by-its-id",
    about: "a record that was written once counts as it was, whatever its text says now",
    ports: inSource((sound) => ({
      async *pages(from, about) {
        for await (const page of sound.pages(from, about))
          yield { ...page, records: page.records.map((record) => record.text === undefined ? record : { ...record, text: () => record.id }) }; // prettier-ignore
      },
    })),
  },
  {
    name: "create-without-look-up",
    about: "nobody is looked for before a create",
    ports: inTarget(() => ({ find: (_field, wanted) => Promise.resolve(wanted.map(() => [])) })),
  },
  {
    name: "sends-what-is-not-its-own",
    about: "who slept until another had the flow sends what it was about to",
    ports: (ports) => ({
      ...ports,
      openFlow: (flow, terms) => ports.openFlow(flow, { ...terms, grip: undefined }),
    }),
  },
  {
    name: "new-id-each-time",
    about: "a repeated request gets another id",
    ports: inTarget((sound, { chance }) => ({
      send: (request, signal) => sound.send({ ...request, id: chance.id() }, signal),
    })),
  },
  {
    name: "unknown-is-written",
    about: "a write without an answer counts as done",
    ports: inTarget((sound) => ({
      async send(request, signal): Promise<Sent> {
        const sent = await sound.send(request, signal);
        if (sent.kind !== "unknown") return sent;
        const outcomes = request.writes.map((write): WriteOutcome => ({ kind: "accepted", id: write.kind === "create" ? `ghost-${write.key}` : write.id, version: null })); // prettier-ignore
        return { kind: "each", outcomes };
      },
    })),
  },
  {
    name: "unknown-is-not-written",
    about: "a write without an answer counts as not done",
    ports: inTarget((sound) => ({
      async send(request, signal) {
        const sent = await sound.send(request, signal);
        if (sent.kind === "unknown") throw new RetryLater("again", 1_000);
        return sent;
      },
    })),
  },
  {
    name: "looked-for-too-soon",
    about: "a create whose answer was lost is made anew though the tool may still be at work on it",
    ports: (ports) => ({
      ...ports,
      clock: {
        ...ports.clock,
        sleep: (ms, signal) =>
          ms === answerMs ? Promise.resolve() : ports.clock.sleep(ms, signal),
      },
    }),
  },
  {
    name: "taken-for-made",
    about: "what an upsert landed on counts as made by it",
    ports: inTarget((sound) => ({
      async send(request, signal) {
        const sent = await sound.send(request, signal);
        if (sent.kind !== "each") return sent;
        return { kind: "each", outcomes: sent.outcomes.map((one) => (one.kind === "accepted" ? { ...one, made: true as const } : one)) }; // prettier-ignore
      },
    })),
  },
  {
    name: "lost-is-refused",
    about: "a write without an answer counts as refused",
    ports: inTarget((sound) => ({
      async send(request, signal) {
        const sent = await sound.send(request, signal);
        return sent.kind === "unknown" ? { kind: "refused", problem: lost } : sent;
      },
    })),
  },
  {
    name: "systemic-is-dead",
    about: "what a tool that is down did not take becomes a dead letter",
    ports: inTarget((sound) => ({
      send: (request, signal) =>
        sound.send(request, signal).catch((error: unknown): Sent => {
          if (!isSystemic(error)) throw error;
          return { kind: "each", outcomes: request.writes.map(() => ({ kind: "rejected", problem: lost })) }; // prettier-ignore
        }),
    })),
  },
  {
    name: "edge-of-a-page",
    about: "the last record of a full page is skipped",
    ports: inSource((sound) => ({
      async *pages(from, about) {
        for await (const page of sound.pages(from, about))
          yield { ...page, records: page.records.length === 3 ? page.records.slice(0, -1) : page.records }; // prettier-ignore
      },
    })),
  },
  {
    name: "deletes-not-told",
    about: "what is gone at the source is passed over",
    ports: inSource((sound) => ({
      async *pages(from, about) {
        for await (const page of sound.pages(from, about))
          yield { ...page, records: page.records.filter(({ content }) => content.kind === "live") };
      },
    })),
  },
  {
    name: "sweep-of-a-failed-read",
    about: "what a read that broke off did not bring counts as gone",
    ports: inSource((sound) => {
      const seen = new Set<string>();
      return {
        async *pages(from, about) {
          seen.clear();
          try {
            for await (const page of sound.pages(from, about)) {
              for (const { id } of page.records) seen.add(id);
              yield page;
            }
          } catch (error) {
            if (!isSystemic(error)) throw error;
          }
        },
        read: async (ids, signal) =>
          (await sound.read(ids, signal)).map((record) => (seen.has(record.id) ? record : { ...record, content: { kind: "gone" } })), // prettier-ignore
      };
    }),
  },
  {
    name: "refresh-without-lock",
    about: "every worker renews a credential for itself",
    plant({ store }) {
      const { of, read, put } = store.vaults;
      store.vaults.of = (worker) => ({
        ...of(worker),
        async renew(name, _seen, renew) {
          const renewed = await renew(read(name), { sure: () => null });
          if (renewed !== null) put(name, renewed.secret);
          return read(name);
        },
      });
    },
  },
  {
    name: "refreshes-what-is-not-its-own",
    about: "who slept until another had the lease sends the refresh token that it was about to",
    plant({ store }) {
      const { of } = store.vaults;
      store.vaults.of = (worker) => {
        const { read, renew } = of(worker);
        return {
          read,
          renew: (name, seen, make) =>
            renew(name, seen, (newest) => make(newest, { sure: worker.untilUp })),
        };
      };
    },
  },
  {
    name: "waits-not-kept",
    about: "only the request that was asked to wait does",
    plant({ store }) {
      store.allowance.closeUntil = () => Promise.resolve();
    },
  },
  {
    name: "reference-not-woken",
    about: "what waits for another record is not tried again when that arrives",
    ports: (ports) => ({
      ...ports,
      runs: {
        ...ports.runs,
        retry: (flow, ids, by, at, about) => by === "Tieline" ? Promise.resolve(undefined) : ports.runs.retry(flow, ids, by, at, about), // prettier-ignore
      },
    }),
  },
];
