import { person, type Person } from "../people.ts";
import { pdf } from "./pdf.ts";

/** A made-up file of a small business. */
export type Document = {
  /** Names of folders from the top. */
  folder: readonly string[];
  name: string;
  mimeType: string;
  content: Buffer;
  /** Milliseconds. */
  modified: number;
};

const FIRST = Date.parse("2025-02-03T09:10:24.000Z");
const LAST = Date.parse("2026-10-30T15:45:51.000Z");
const DAY = 86_400_000;
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]; // prettier-ignore

type Kind = (n: number, customer: Person, modified: number) => Omit<Document, "modified">;

const kinds: readonly Kind[] = [invoice, notes, contract, orders, logo];

/** The n-th document (from 0): always the same one, and no two share folder and name. */
export function document(n: number): Document {
  const modified = FIRST + ((n * 37) % Math.floor((LAST - FIRST) / DAY)) * DAY + n * 1000;
  const kind = kinds[n % kinds.length] as Kind;
  return { ...kind(n, person(Math.floor(n / kinds.length)), modified), modified };
}

function invoice(n: number, customer: Person, at: number): Omit<Document, "modified"> {
  const number = String(1000 + n);
  const amount = `${String(180 + ((n * 53) % 2400))}.00`;
  return {
    folder: ["Invoices", String(new Date(at).getUTCFullYear())],
    name: `Invoice-${number}.pdf`,
    mimeType: "application/pdf",
    content: pdf([
      `Invoice ${number}`,
      new Date(at).toISOString().slice(0, 10),
      "",
      customer.company,
      `${customer.first} ${customer.last}`,
      customer.street,
      `${customer.postalCode} ${customer.city}`,
      "",
      `Amount due: EUR ${amount}`,
    ]),
  };
}

function notes(n: number, customer: Person): Omit<Document, "modified"> {
  return {
    folder: ["Customers", customer.company],
    name: `Notes ${customer.first} ${customer.last}.md`,
    mimeType: "text/markdown",
    content: Buffer.from(
      `# ${customer.first} ${customer.last}\n\n${customer.title} at ${customer.company}, ${customer.city}.\n\n- Write to ${customer.email}\n- Visit no. ${String(n)} went well\n`,
    ),
  };
}

function contract(n: number, customer: Person): Omit<Document, "modified"> {
  return {
    folder: ["Customers", customer.company],
    name: `Contract ${String(n)}.pdf`,
    mimeType: "application/pdf",
    content: pdf(["Contract", "", `between us and ${customer.company}`, customer.city]),
  };
}

function orders(n: number, customer: Person, at: number): Omit<Document, "modified"> {
  const month = MONTHS[new Date(at).getUTCMonth()] as string;
  const rows = [1, 2, 3, 4].map(
    (line) => `${String(n * 10 + line)},"${customer.company}",${String((n * line * 7) % 900)}.50`,
  );
  return {
    folder: ["Reports"],
    name: `Orders ${month} ${String(n)}.csv`,
    mimeType: "text/csv",
    content: Buffer.from(`number,company,total\n${rows.join("\n")}\n`),
  };
}

function logo(n: number, customer: Person): Omit<Document, "modified"> {
  const hue = String((n * 41) % 360);
  return {
    folder: ["Marketing"],
    name: `Logo ${customer.company} ${String(n)}.svg`,
    mimeType: "image/svg+xml",
    content: Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><circle cx="32" cy="32" r="30" fill="hsl(${hue} 60% 45%)"/></svg>\n`,
    ),
  };
}
