import { QuotaSpent } from "#domain/errors.ts";
import type { BudgetSpec } from "../manifest/manifest.ts";

/** An allowance for a day, as far as the tool's last answer told it. */
export type Budget = {
  see(headers: Readonly<Record<string, string>>, now: Temporal.Instant): void;
  /** @throws QuotaSpent when no more than what is kept for others is left */
  check(title: string, now: Temporal.Instant): void;
};

/** What an answer told is believed for so long; then one request finds out anew. */
const believedFor = { minutes: 15 };

export function openBudget({ header, form, keep }: BudgetSpec): Budget {
  let known: { left: number; at: Temporal.Instant } | null = null;
  return {
    see(headers, now) {
      const left = leftIn(headers[header.toLowerCase()], form);
      if (left !== null) known = { left, at: now };
    },
    check(title, now) {
      if (known === null || known.left > keep) return;
      const until = known.at.add(believedFor);
      if (Temporal.Instant.compare(now, until) >= 0) return;
      throw new QuotaSpent(`${title}: the allowance for today is used up`, until);
    },
  };
}

function leftIn(text: string | undefined, form: BudgetSpec["form"]): number | null {
  if (text === undefined) return null;
  const numbers = [...text.matchAll(/\d+/g)].map(([digits]) => Number(digits));
  const [first, second] = numbers;
  if (form === "remaining") return first ?? null;
  return first === undefined || second === undefined ? null : second - first;
}
