import { person } from "../people.ts";
import { newId, type Incompletes } from "./incomplete.ts";
import type { Scenario } from "./scenarios.ts";

const FIRST = Date.parse("2026-09-01T06:30:00Z");
const DAY = 86_400_000;
const CAUSES: readonly [errorType: string, reason: string][] = [
  ["DataError", "The recipient address is empty."],
  ["DataError", "The recipient address is empty."],
  ["DataError", "[400] Country 'Holland' is not known."],
  ["RateLimitError", "[429] Too many requests. Try again later."],
  ["ConnectionError", "[503] The service is not reachable."],
];

/** Orders that did not get through to the warehouse, for a few causes. */
export function seedIncompletes(incompletes: Incompletes, scenario: Scenario, count: number): void {
  const from = incompletes.all().length;
  for (let n = from; n < from + count; n += 1) {
    const [errorType, reason] = CAUSES[n % CAUSES.length] ?? ["DataError", "Unknown."];
    const { first, last, email, city, country } = person(30 + n);
    incompletes.keep(
      scenario,
      {
        executionId: newId(),
        errorType,
        reason,
        payload: {
          id: `evt_order_${String(n + 1)}`,
          type: "order.created",
          number: `SO-${String(7000 + n)}`,
          customer: `${first} ${last}`,
          email: reason.includes("empty") ? "" : email,
          city,
          country: reason.includes("Holland") ? "Holland" : country,
        },
      },
      FIRST + (n % 80) * DAY + n * 1000,
    );
  }
}
