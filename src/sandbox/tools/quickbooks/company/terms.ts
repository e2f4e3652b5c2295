import { invalidReference } from "../errors.ts";
import { referred, type Values } from "../fields/values.ts";

const TERMS: Record<string, [name: string, days: number]> = {
  "1": ["Due on receipt", 0],
  "2": ["Net 15", 15],
  "3": ["Net 30", 30],
  "4": ["Net 60", 60],
};

/** What the company gives who has no terms of his own. */
const USUAL = "3";

/** The terms of the first of these that names some, and the day they end on. */
export function dueBy(date: string, ...from: Values[]): { SalesTermRef: Values; DueDate: string } {
  const [named = USUAL] = from.flatMap((values) => referred(values["SalesTermRef"]) ?? []);
  const term = TERMS[named];
  if (term === undefined) throw invalidReference("Term", named);
  const [name, days] = term;
  return {
    SalesTermRef: { value: named, name },
    DueDate: Temporal.PlainDate.from(date).add({ days }).toString(),
  };
}
