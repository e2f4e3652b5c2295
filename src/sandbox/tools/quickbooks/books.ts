import type { Shelf } from "../../collection.ts";
import type { Tally } from "../simulated-tool.ts";
import { customerValues, nameParts, type Values } from "./customer-fields.ts";
import { duplicateName, missingParam, objectNotFound, staleObject } from "./errors.ts";
import { localTime } from "./time.ts";

export type Customer = Values & {
  Id: string;
  SyncToken: string;
  DisplayName: string;
  Active: boolean;
  MetaData: { CreateTime: string; LastUpdatedTime: string };
};

export type Books = {
  get(id: string): Customer | undefined;
  all(): Iterable<Customer>;
  /** Those with this e-mail, whatever its capitals. */
  withEmail(email: string): Customer[];
  withName(name: string): Customer[];
  create(given: Values, at?: number): Customer;
  /** Needs the Id and the SyncToken that the customer has now; blanks what is not named unless sparse. */
  update(given: Values): Customer;
  tally: Tally;
  duplicates(): number;
};

const NEW = {
  Taxable: true,
  Job: false,
  BillWithParent: false,
  Balance: 0,
  CurrencyRef: { value: "USD", name: "United States Dollar" },
  PreferredDeliveryMethod: "Print",
  Active: true,
};
/** Kept by an update that does not name them, sparse or not. */
const LASTING = ["Balance", "CurrencyRef", "Active"];

/** The customers of the simulated company. */
export function openBooks(shelf: Shelf): Books {
  const kept = shelf.collection<Customer>("customers");
  const names = new Map<string, string>();
  const emails = new Map<string, Set<string>>();
  const tally: Tally = { creates: 0, updates: 0, archived: 0 };
  let lastId = 0;
  for (const customer of kept.values()) {
    names.set(keyOf(customer.DisplayName), customer.Id);
    index(customer);
    lastId = Math.max(lastId, Number(customer.Id));
  }

  function index(customer: Customer, before?: Customer): void {
    const [was, is] = [before && emailOf(before), emailOf(customer)];
    if (was !== undefined) emails.get(was)?.delete(customer.Id);
    if (is === undefined) return;
    const holders = emails.get(is) ?? new Set();
    emails.set(is, holders.add(customer.Id));
  }

  function keep(customer: Customer, before?: Customer): Customer {
    const key = keyOf(customer.DisplayName);
    const holder = names.get(key);
    if (holder !== undefined && holder !== customer.Id) throw duplicateName();
    if (before !== undefined) names.delete(keyOf(before.DisplayName));
    names.set(key, customer.Id);
    index(customer, before);
    kept.set(customer.Id, customer);
    return customer;
  }

  return {
    get: (id) => kept.get(id),
    all: () => kept.values(),
    withEmail: (email) => [...(emails.get(keyOf(email)) ?? [])].flatMap((id) => kept.get(id) ?? []),
    withName(name) {
      const customer = kept.get(names.get(keyOf(name)) ?? "");
      return customer === undefined ? [] : [customer];
    },
    create(given, at = Date.now()) {
      const values = named({ ...NEW, ...withValue(customerValues(given)) });
      const time = localTime(at);
      const customer = keep({
        ...whole(values),
        Id: String(lastId + 1),
        SyncToken: "0",
        MetaData: { CreateTime: time, LastUpdatedTime: time },
      });
      lastId += 1;
      tally.creates += 1;
      return customer;
    },
    update(given) {
      const before = kept.get(String(given["Id"]));
      if (before === undefined) throw objectNotFound();
      if (given["SyncToken"] === undefined) throw missingParam("SyncToken");
      if (given["SyncToken"] !== before.SyncToken) throw staleObject();
      const sparse = given["sparse"] === true;
      const base = sparse ? contentOf(before) : lastingOf(before);
      const values = named(withValue({ ...base, ...customerValues(given) }));
      const after = keep(
        {
          ...whole(values),
          Id: before.Id,
          SyncToken: String(Number(before.SyncToken) + 1),
          MetaData: { ...before.MetaData, LastUpdatedTime: localTime(Date.now()) },
        },
        before,
      );
      tally.updates += 1;
      if (before.Active && !after.Active) tally.archived += 1;
      return after;
    },
    tally,
    duplicates: () => sharedEmails(kept.values()),
  };
}

/** A customer without a display name is called by its parts; without either it is refused. */
function named(values: Values): Values & { DisplayName: string } {
  const parts = nameParts.flatMap((part) => (values[part] ? [String(values[part])] : []));
  const name = values["DisplayName"] ? String(values["DisplayName"]) : parts.join(" ");
  if (name === "") throw missingParam("DisplayName");
  return { PrintOnCheckName: name, ...values, DisplayName: name };
}

const whole = (values: Values & { DisplayName: string }) => ({
  ...values,
  FullyQualifiedName: values.DisplayName,
  BalanceWithJobs: Number(values["Balance"] ?? 0),
  IsProject: false,
  ClientEntityId: "0",
  domain: "QBO",
  sparse: false,
  Active: values["Active"] !== false,
});

/** Without what was set to null, to an empty text, or to an object of nothing. */
function withValue(values: Values): Values {
  const filled = Object.entries(values).flatMap(([key, value]): [string, unknown][] => {
    if (value === null || value === "") return [];
    if (typeof value !== "object" || Array.isArray(value)) return [[key, value]];
    const inner = withValue(value as Values);
    return Object.keys(inner).length === 0 ? [] : [[key, inner]];
  });
  return Object.fromEntries(filled);
}

const COMPUTED = ["Id", "SyncToken", "MetaData", "FullyQualifiedName", "BalanceWithJobs", "IsProject", "ClientEntityId", "domain", "sparse"]; // prettier-ignore

const contentOf = (customer: Customer): Values =>
  Object.fromEntries(Object.entries(customer).filter(([key]) => !COMPUTED.includes(key)));

const lastingOf = (customer: Customer): Values =>
  Object.fromEntries(Object.entries(customer).filter(([key]) => LASTING.includes(key)));

/** Names and e-mails are compared without regard to capitals and to how marks are composed. */
export const keyOf = (text: string): string => text.normalize("NFC").toLowerCase();

function emailOf(customer: Values): string | undefined {
  const address = (customer["PrimaryEmailAddr"] as { Address?: string } | undefined)?.Address;
  return address === undefined ? undefined : keyOf(address);
}

function sharedEmails(customers: Iterable<Customer>): number {
  const emails = [...customers].flatMap((customer) =>
    customer.Active ? (emailOf(customer) ?? []) : [],
  );
  return emails.length - new Set(emails).size;
}
