import { type Person, person } from "./people.ts";

/** What the business does for a customer: made up, complete, and with nothing wrong. */
export type Undertaking = {
  name: string;
  about: string;
  customer: Person;
  start: string;
  due: string;
  stage: "planned" | "under way" | "finished";
};

/** One thing to do, for one person at the customer's. */
export type Errand = {
  title: string;
  notes: string;
  customer: Person;
  due: string | null;
  stage: "open" | "started" | "done";
};

const KINDS = ["Website", "Shop fitting", "Yearly service", "Stock count", "New till", "Rebranding", "Training day", "Move of the office", "Price list", "Loyalty card", "Photo session", "Energy audit"]; // prettier-ignore
const TASKS = ["Call {} about the quote", "Prepare the contract for {}", "Order samples for {}", "Send {} the first draft", "Visit {} on site", "Check the measurements with {}", "Collect the signed offer from {}", "Plan the hand-over with {}", "Ask {} for the logo files", "Book a room for {}"]; // prettier-ignore
const NOTES = ["Mornings are best.", "They asked twice, so please be quick.", "The figures are in the shared folder.", "Nothing urgent.", "See the last e-mail: two small changes are left."]; // prettier-ignore

const FIRST_DAY = Temporal.PlainDate.from("2026-09-01");
const day = (n: number): string => FIRST_DAY.add({ days: n }).toString();

/** The n-th undertaking (from 0): always the same, and no two of them share a name. */
export function undertaking(n: number): Undertaking {
  const customer = person(n);
  const kind = KINDS[n % KINDS.length] ?? "";
  const starts = (n * 5) % 120;
  return {
    name: `2026-${String(n + 1).padStart(3, "0")} ${kind} for ${customer.company}`,
    about: `${kind} for ${customer.first} ${customer.last}, ${customer.company}, ${customer.city}.`,
    customer,
    start: day(starts),
    due: day(starts + 14 + ((n * 11) % 60)),
    stage: n % 5 === 4 ? "finished" : n % 5 === 3 ? "planned" : "under way",
  };
}

/** The n-th errand (from 0): always the same, and no two of them share a title. */
export function errand(n: number): Errand {
  const customer = person(n);
  const sentence = TASKS[n % TASKS.length] ?? "";
  return {
    title: sentence.replace("{}", `${customer.first} ${customer.last}`),
    notes: `${NOTES[n % NOTES.length] ?? ""}\n${customer.company}, ${customer.city}`,
    customer,
    due: n % 7 === 6 ? null : day(20 + ((n * 3) % 110)),
    stage: n % 4 === 3 ? "done" : n % 4 === 2 ? "started" : "open",
  };
}
