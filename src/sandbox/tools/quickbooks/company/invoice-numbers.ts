import type { Shelf } from "../../../collection.ts";
import { duplicateNumber } from "../errors.ts";
import type { Stored } from "./entity.ts";

export type InvoiceNumbers = {
  /** Whether people number invoices themselves, so that one without a number has none. */
  custom: boolean;
  /** The number given, which nobody else may have unless that is allowed; undefined for none. */
  numbered(given: unknown, self: string | null, allowed: boolean): string | undefined;
  /** The company's next number, for an invoice without one; it does not look at those given. */
  next(): string | undefined;
  add(invoice: Stored): void;
  remove(invoice: Stored): void;
};

const FIRST = 1001;

const numberOf = (invoice: Stored) => invoice["DocNumber"] as string | undefined;

/** The numbers that invoices have. Source: the reference page of Invoice.DocNumber. */
export function openInvoiceNumbers(shelf: Shelf, invoices: Iterable<Stored>): InvoiceNumbers {
  const counters = shelf.collection<number>("numbers");
  const holders = new Map<string, Set<string>>();
  const self: InvoiceNumbers = {
    custom: false,
    numbered(given, id, allowed) {
      if (typeof given !== "string" || given === "") return undefined;
      const [other] = [...(holders.get(given) ?? [])].filter((holder) => holder !== id);
      if (other !== undefined && !allowed) throw duplicateNumber(given, other);
      return given;
    },
    next() {
      if (self.custom) return undefined;
      const next = (counters.get("invoice") ?? FIRST - 1) + 1;
      counters.set("invoice", next);
      return String(next);
    },
    add(invoice) {
      const number = numberOf(invoice);
      if (number !== undefined)
        holders.set(number, (holders.get(number) ?? new Set()).add(invoice.Id));
    },
    remove(invoice) {
      holders.get(numberOf(invoice) ?? "")?.delete(invoice.Id);
    },
  };
  for (const invoice of invoices) self.add(invoice);
  return self;
}
