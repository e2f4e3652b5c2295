import { QuotaSpent } from "#domain/errors.ts";
import type { BudgetSpec } from "../manifest/manifest.ts";

/** An allowance for a day, as far as the tool's last answer told it. */
export type Budget = {
  /** How many calls the tool allows in a day: as it told last, else those of the smallest plan. */
  daily(): number;
  see(headers: Readonly<Record<string, string>>, now: Temporal.Instant): void;
  /** @throws QuotaSpent when no more than what is kept for others is left; of `half`, half of all */
  check(title: string, now: Temporal.Instant, share?: "half"): void;
  /** How many calls may still be made today, as far as the tool's last answer told it. */
  left(share: "half"): number | null;
};

/** What an answer told is believed for so long; then one request finds out anew. */
const believedFor = { minutes: 15 };

export function openBudget({ calls, told }: BudgetSpec): Budget {
  let daily = calls;
  if (told === undefined) return { daily: () => daily, see() {}, check() {}, left: () => null };
  const { header, form, keep } = told;
  let known: { left: number; at: Temporal.Instant } | null = null;
  /** Where a tool does not tell the whole, a plan may be larger than the smallest: then more was left once. */
  let most = 0;
  const kept = (share: "half" | undefined): number =>
    share === "half" ? Math.max(keep, Math.ceil(Math.max(daily, most) / 2)) : keep;
  return {
    daily: () => daily,
    see(headers, now) {
      const said = readIn(headers[header.toLowerCase()], form);
      if (said === null) return;
      known = { left: said.left, at: now };
      most = Math.max(most, said.left);
      daily = said.limit ?? daily;
    },
    check(title, now, share) {
      if (known === null || known.left > kept(share)) return;
      const until = known.at.add(believedFor);
      if (Temporal.Instant.compare(now, until) >= 0) return;
      const what = share === "half" ? "half of the allowance" : "the allowance";
      throw new QuotaSpent(`${title}: ${what} for today is used up`, until);
    },
    left: (share) => known && Math.max(0, known.left - kept(share)),
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
