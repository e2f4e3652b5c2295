import type { Bug } from "../world.ts";
import { inSource } from "./bug.ts";

/** A retry does not look whether its dead letters have ended meanwhile. */
const withAllLetters =
  (inner: NonNullable<Bug["ports"]>): NonNullable<Bug["ports"]> =>
  (given, world) => {
    const ports = inner(given, world);
    const get: typeof ports.letters.get = async (id) => {
      const letter = await ports.letters.get(id);
      return letter?.state.kind === "superseded" ? { ...letter, state: { kind: "retrying", by: "U1", since: letter.lastSeen } } : letter; // prettier-ignore
    };
    return { ...ports, letters: { ...ports.letters, get } };
  };

/** What may go wrong with what people do, and with what is told. */
export const byPeople: readonly Bug[] = [
  {
    name: "retry-overwrites-newer",
    about: "a retry writes what the dead letter holds, whatever the source has now",
    ports: withAllLetters(
      inSource((sound, { memory }) => ({
        async read(ids, signal) {
          const letters = [...memory.letters.values()].filter(({ state }) => state.kind === "retrying" || state.kind === "superseded"); // prettier-ignore
          const old = new Map(letters.map(({ key, fields }) => [key, fields]));
          const records = await sound.read(ids, signal);
          return records.map((record) => {
            const fields = old.get(record.id);
            const { content } = record;
            return fields === undefined || content.kind === "gone" ? record : { ...record, content: { ...content, fields: { ...content.fields, ...fields } } }; // prettier-ignore
          });
        },
      })),
    ),
  },
  {
    name: "reference-not-woken",
    about: "what waits for another record is not tried again when that arrives",
    ports: (ports) => ({
      ...ports,
      runs: {
        ...ports.runs,
        retry: (flow, ids, by, at, as) => by === "Tieline" ? Promise.resolve(undefined) : ports.runs.retry(flow, ids, by, at, as), // prettier-ignore
      },
    }),
  },
  {
    name: "letters-lost-on-cancel",
    about: "to cancel a run throws its dead letters away",
    plant({ store, memory }) {
      const { cancel } = store.runs;
      store.runs.cancel = async (id, by, at) => {
        const work = memory.runs.get(id)?.work;
        for (const letter of work?.kind === "retry" ? work.letters : [])
          memory.letters.delete(letter);
        return cancel(id, by, at);
      };
    },
  },
  {
    name: "letters-stuck-in-a-retry",
    about: "a retry that is over does not let go of what it did not come to",
    plant({ store, memory }) {
      const { cancel, turn } = store.runs;
      const keeping = async <Result>(call: () => Promise<Result>): Promise<Result> => {
        const before = new Map(memory.letters);
        const result = await call();
        for (const [id, letter] of before) if (letter.state.kind === "retrying") memory.letters.set(id, letter); // prettier-ignore
        return result;
      };
      store.runs.cancel = (id, by, at) => keeping(() => cancel(id, by, at));
      store.runs.turn = (id, epoch, state, at) => keeping(() => turn(id, epoch, state, at));
    },
  },
  {
    name: "hint-lost",
    about: "what is told while a run goes is lost",
    plant({ store, memory }) {
      const { keep } = store.hints;
      store.hints.keep = async (end, hints) => {
        const goes = [...memory.runs.values()].some(({ state }) => state.kind === "running");
        if (!goes) await keep(end, hints);
      };
    },
  },
  {
    name: "hub-forgets-requests",
    about: "the hub makes a record anew when a request is repeated",
    plant({ store, chance }) {
      const { send } = store.hub.target;
      store.hub.target.send = (request, signal) => send({ ...request, id: chance.id() }, signal);
    },
  },
];
