import type { Shelf } from "../../collection.ts";
import { type Answer, json } from "../http.ts";

const HALF_AN_HOUR = 1_800_000;

type Kept = { answer: Answer; ends: number };

export type Replays = {
  /** The first answer to a key again, for half an hour; a 409 while the first is still being made. */
  once(key: string, handle: () => Promise<Answer>): Promise<Answer>;
};

/** `Idempotency-Key` on mutations. What is kept outlives a restart. */
export function openReplays(shelf: Shelf): Replays {
  const kept = shelf.collection<Kept>("idempotency_keys");
  const running = new Set<string>();
  return {
    async once(key, handle) {
      const known = kept.get(key);
      if (known !== undefined && known.ends > Date.now())
        return { ...known.answer, headers: { ...known.answer.headers, "idempotency-replayed": "true" } }; // prettier-ignore
      if (running.has(key)) return conflict();
      running.add(key);
      try {
        const answer = await handle();
        if (answer.status === 200) kept.set(key, { answer, ends: Date.now() + HALF_AN_HOUR });
        return answer;
      } finally {
        running.delete(key);
      }
    },
  };
}

const conflict = (): Answer =>
  json(
    409,
    {
      errors: [
        {
          message: "A request with this idempotency key is being processed",
          extensions: { code: "IDEMPOTENCY_CONFLICT", status_code: 409 },
        },
      ],
    },
    { "retry-after": "1" },
  );
