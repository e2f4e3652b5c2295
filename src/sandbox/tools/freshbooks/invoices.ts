import type { Shelf } from "../../collection.ts";
import type { Tally } from "../simulated-tool.ts";
import type { Client, Clients } from "./clients.ts";
import { money } from "./decimal.ts";
import { deletedResource, problem, type Problem, Rejected, unknownResource } from "./errors.ts";
import { checked, shown, type Values } from "./fields.ts";
import { blankInvoice, invoiceFields } from "./invoice-fields.ts";
import { type Invoice, settled } from "./invoice-state.ts";
import { type Line, linesOf } from "./lines.ts";
import { easternDate, easternTime } from "./time.ts";

export type InvoiceVerb = "create" | "update" | "delete" | "sendByEmail";

export type Invoices = {
  all(): Iterable<Invoice>;
  find(id: string): Invoice | undefined;
  /** Refuses what is not there; a deleted invoice is there. */
  get(id: string): Invoice;
  create(given: Values, at?: number): Invoice;
  update(id: string, given: Values, at?: number): Invoice;
  /** What a payment does: so much of it is paid now, in all. */
  pay(id: string, paid: string, at?: number): Invoice;
  tally: Tally;
};

const FIRST_ID = 217_500;

/** The invoices of the simulated business. `changed` hears of each write, by what was done. */
export function openInvoices(
  shelf: Shelf,
  account: string,
  clients: Clients,
  changed: (verb: InvoiceVerb, invoice: Invoice) => void,
): Invoices {
  const kept = shelf.collection<Invoice>("invoices");
  const numbers = new Map<string, number>();
  const tally: Tally = { creates: 0, updates: 0, archived: 0 };
  let lastId = FIRST_ID;
  for (const invoice of kept.values()) {
    numbers.set(invoice.invoice_number, invoice.id);
    lastId = Math.max(lastId, invoice.id);
  }

  function get(id: string): Invoice {
    const invoice = kept.get(id);
    if (invoice === undefined) throw unknownResource("invoice", id);
    return invoice;
  }

  function keep(invoice: Invoice, at: number, before?: Invoice): Invoice {
    const holder = numbers.get(invoice.invoice_number);
    if (holder !== undefined && holder !== invoice.id)
      throw new Rejected(422, [numberTaken(invoice.invoice_number)]);
    if (before !== undefined) numbers.delete(before.invoice_number);
    numbers.set(invoice.invoice_number, invoice.id);
    const whole = settled({ ...invoice, updated: easternTime(at) }, easternDate(Date.now()));
    kept.set(String(invoice.id), whole);
    return whole;
  }

  function nextNumber(): string {
    let next = numbers.size + 1;
    while (numbers.has(String(next).padStart(7, "0"))) next += 1;
    return String(next).padStart(7, "0");
  }

  /** The lines given, or those there are; all of an invoice is refused at once. */
  function accepted(given: Values, id: number, currency: string, at: number) {
    const { lines, email_recipients: recipients, ...rest } = given;
    const { values, problems } = checked("invoice", invoiceFields, rest);
    const code = String(values["currency_code"] ?? currency);
    const read = lines === undefined ? null : linesOf(lines, id, code, at);
    const all = [
      ...problems,
      ...customerProblems(values["customerid"], clients),
      ...recipientProblems(recipients),
      ...(read?.problems ?? []),
    ];
    if (all.length > 0) throw new Rejected(422, all);
    const { action_email: email, action_mark_as_sent: mark, ...set } = values;
    return { set, lines: read?.lines ?? null, email: email === true, sent: mark === true };
  }

  function told(verb: "create" | "update" | "delete", invoice: Invoice, emailed: boolean): Invoice {
    changed(verb, invoice);
    if (emailed) changed("sendByEmail", invoice);
    return invoice;
  }

  return {
    all: () => kept.values(),
    find: (id) => kept.get(id),
    get,
    create(given, at = Date.now()) {
      const missing = ["customerid", "create_date"].filter((name) => given[name] === undefined);
      if (missing.length > 0) throw new Rejected(422, missing.map(required));
      const client = clients.find(shown(given["customerid"]));
      const currency = client?.currency_code ?? "USD";
      const id = lastId + 1;
      const { set, lines, email, sent } = accepted(given, id, currency, at);
      const code = String(set["currency_code"] ?? currency);
      const invoice = keep(
        {
          ...blankInvoice,
          ...copied(client as Client),
          invoice_number: nextNumber(),
          currency_code: code,
          paid: money(0n, code),
          ...set,
          ...((email || sent) && { status: 2 }),
          id,
          invoiceid: id,
          accountid: account,
          accounting_systemid: account,
          created_at: easternTime(at),
          lines: lines ?? [],
        } as unknown as Invoice,
        at,
      );
      lastId = id;
      tally.creates += 1;
      return told("create", invoice, email);
    },
    update(id, given, at = Date.now()) {
      const before = get(id);
      const { set, lines, email, sent } = accepted(given, before.id, before.currency_code, at);
      if (before.vis_state === 1 && set["vis_state"] === undefined)
        throw deletedResource("invoice", id);
      const sending = (email || sent) && before.status === 1;
      const code = String(set["currency_code"] ?? before.currency_code);
      const kept = lines ?? inCurrency(before.lines, code);
      const after = keep(
        { ...before, ...set, lines: kept, ...(sending && { status: 2 }) } as Invoice,
        at,
        before,
      );
      const gone = before.vis_state !== 1 && after.vis_state === 1;
      tally.updates += 1;
      if (gone) tally.archived += 1;
      return told(gone ? "delete" : "update", after, email);
    },
    pay(id, paid, at = Date.now()) {
      const before = get(id);
      tally.updates += 1;
      const after = { ...before, paid: { amount: paid, code: before.currency_code } };
      return told("update", keep(after, at, before), false);
    },
    tally,
  };
}

/** What an invoice takes over from its client, once. */
const copied = (client: Client): Values => ({
  fname: client.fname,
  lname: client.lname,
  organization: client.organization,
  current_organization: client.organization,
  email: client.email,
  street: client["p_street"],
  street2: client["p_street2"],
  city: client["p_city"],
  province: client["p_province"],
  code: client["p_code"],
  country: client["p_country"],
});

const inCurrency = (lines: readonly Line[], code: string): Line[] =>
  lines.map((line) => ({
    ...line,
    unit_cost: { ...line.unit_cost, code },
    amount: { ...line.amount, code },
  }));

/** Source: a public report of exactly this answer. */
const required = (name: string): Problem =>
  problem(1001, name, `'${name}' is a required field.`, "invoice");

/** That duplicates are refused, and how, is unverified. */
const numberTaken = (number: string): Problem =>
  problem(1004, "invoice_number", "Invoice number already in use.", "invoice", number);

function customerProblems(id: unknown, clients: Clients): Problem[] {
  if (id === undefined) return [];
  const client = clients.find(shown(id));
  if (client === undefined)
    return [problem(1012, "customerid", "Client not found.", "invoice", shown(id))];
  if (client.vis_state !== 1) return [];
  return [problem(1011, "customerid", "Client has been deleted.", "invoice", shown(id))];
}

function recipientProblems(recipients: unknown): Problem[] {
  if (recipients === undefined) return [];
  const fits = Array.isArray(recipients) && recipients.every((one) => typeof one === "string");
  if (fits) return [];
  return [problem(1004, "email_recipients", "Value must be a list of e-mail addresses.", "invoice", shown(recipients))]; // prettier-ignore
}
