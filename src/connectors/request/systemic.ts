import { NotPermitted, QuotaSpent, RetryLater, SignInAgain, Unavailable } from "#domain/errors.ts";
import type { Meaning } from "../manifest/error-rule.ts";
import type { Verdict } from "./classify.ts";

/** The tool itself failed after it had the request: for a write, nobody knows what it did. */
export class AnsweredBadly extends Unavailable {}

/** @throws the systemic failure that a verdict means, if it means one */
export function throwSystemic(title: string, verdict: Verdict): void {
  const error = systemic(title, verdict);
  if (error !== null) throw error;
}

const systemicFailures: Partial<Record<Meaning, (words: string, verdict: Verdict) => Error>> = {
  rate_limited: (words, { waitMs }) => new RetryLater(words, waitMs),
  quota_spent: (words, { until }) => new QuotaSpent(words, until),
  unavailable: (words) => new AnsweredBadly(words),
  sign_in_again: (words) => new SignInAgain(words),
  not_permitted: (words) => new NotPermitted(words),
};

const systemic = (title: string, verdict: Verdict): Error | null =>
  systemicFailures[verdict.is]?.(`${title}: ${verdict.message}`, verdict) ?? null;
