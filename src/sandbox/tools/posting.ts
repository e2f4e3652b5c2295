import { deliverOnce } from "./deliveries.ts";

/** Where a simulated automation sends what it has for somebody, and the key it shows there. */
export type Target = { url: string; key: string };

/** A target as written in `POST /_config`: `{url, key}`, and whatever else belongs there, as texts. */
export function targetOf<More extends string = never>(
  value: unknown,
  ...more: More[]
): Target & Record<More, string> {
  const names = ["url", "key", ...more];
  const given = (typeof value === "object" ? value : null) ?? {};
  const odd = Object.keys(given).find((name) => !names.includes(name));
  const values = Object.entries(given);
  const whole = names.every((name) =>
    values.some(([key, text]) => key === name && typeof text === "string"),
  );
  if (!whole || odd !== undefined) throw new Error(`It is an object of ${names.join(", ")}.`);
  return given as Target & Record<More, string>;
}

export type Outcome = "taken" | "refused" | "throttled" | "sign_in_again" | "unanswered";
export type Posted = { outcome: Outcome; status: number; attempts: number; answer: string };

const TRIES = 4;
const LONGEST_S = 30;

/**
 * Posts a body as JSON with a bearer key, and with an idempotency key that stays the same over attempts.
 * A 429 is tried again after its Retry-After, which counts only as a whole number of seconds: as a date it
 * is lost, and the post is held as throttled.
 */
export async function post(
  { url, key }: Target,
  idempotencyKey: string,
  body: unknown,
): Promise<Posted> {
  for (let attempts = 1; ; attempts += 1) {
    const {
      status,
      headers,
      body: answer,
    } = await deliverOnce({
      url,
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${key}`,
        "idempotency-key": idempotencyKey,
      },
      body: JSON.stringify(body),
    });
    const wait = status === 429 ? secondsIn(headers.get("retry-after")) : null;
    if (wait === null || attempts === TRIES)
      return { outcome: outcomeOf(status), status, attempts, answer: answer.slice(0, 1000) };
    await new Promise((resolve) => setTimeout(resolve, wait * 1000).unref());
  }
}

/** Null where there is no number, or one that nobody would wait for. */
function secondsIn(header: string | null): number | null {
  const seconds = Number.parseInt(header ?? "", 10);
  return Number.isNaN(seconds) || seconds < 0 || seconds > LONGEST_S ? null : seconds;
}

function outcomeOf(status: number): Outcome {
  if (status === 0) return "unanswered";
  if (status >= 200 && status < 300) return "taken";
  if (status === 429) return "throttled";
  return status === 401 ? "sign_in_again" : "refused";
}
