import { QuotaSpent } from "#domain/errors.ts";
import type { BudgetSpec } from "../manifest/manifest.ts";

/** An allowance for a day, as far as the tool's last answer told it. */
export type Budget = {
  /** How many calls the tool allows in a day: as it told last, else those of the smallest plan. */
  daily(): number;
  see(headers: Readonly<Record<string, string>>, now: Temporal.Instant): void;
  /** @throws QuotaSpent when no more than what is kept for others is left */
  check(title: string, now: Temporal.Instant): void;
};

/** What an answer told is believed for so long; then one request finds out anew. */
const believedFor = { minutes: 15 };

export function openBudget({ calls, told }: BudgetSpec): Budget {
  let daily = calls;
  if (told === undefined) return { daily: () => daily, see() {}, check() {} };
  const { header, form, keep } = told;
  let known: { left: number; at: Temporal.Instant } | null = null;
  return {
    daily: () => daily,
    see(headers, now) {
      const said = readIn(headers[header.toLowerCase()], form);
      if (said === null) return;
      known = { left: said.left, at: now };
      daily = said.limit ?? daily;
    },
    check(title, now) {
      if (known === null || known.left > keep) return;
      const until = known.at.add(believedFor);
      if (Temporal.Instant.compare(now, until) >= 0) return;
      throw new QuotaSpent(`${title}: the allowance for today is used up`, until);
    },
  };
}

type Told = NonNullable<BudgetSpec["told"]>;

function readIn(
  text: string | undefined,
  form: Told["form"],
): { left: number; limit: number | null } | null {
  if (text === undefined) return null;
  const [first, second] = [...text.matchAll(/\d+/g)].map(([digits]) => Number(digits));
  if (first === undefined) return null;
  if (form === "remaining") return { left: first, limit: null };
  return second === undefined ? null : { left: second - first, limit: second };
}
