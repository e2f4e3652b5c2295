import type { Shelf } from "../../../collection.ts";
import type { Tally } from "../../simulated-tool.ts";
import {
  businessRule,
  duplicateName,
  invalidReference,
  missingParam,
  objectNotFound,
  staleObject,
  unsupportedOperation,
} from "../errors.ts";
import { customerFields } from "../fields/customer-fields.ts";
import { valuesOf } from "../fields/fields.ts";
import { referred, type Values } from "../fields/values.ts";
import { localTime } from "../time.ts";
import { refuseNewCurrency } from "./currencies.ts";
import { contentOf, lastingOf, NEW, type Place, settled, whole } from "./customer-values.ts";
import { type Entity, type Happening, plainWay, type Stored, type Way } from "./entity.ts";
import { openGone } from "./gone.ts";
import { amount, cents } from "./money.ts";
import { emailOf, openDirectory } from "./names.ts";

export type Customer = Stored & { DisplayName: string; Active: boolean };

export type Customers = Entity<Customer> & {
  create(given: Values, at?: number, way?: Way): Customer;
  /** Needs the Id and the SyncToken that the customer has now; blanks what is not named unless sparse. */
  update(given: Values, way?: Way): Customer;
  /** The customer of a reference, who has to exist, to be seen and to be active. */
  referredBy(reference: unknown, name: string, way: Way): Customer;
  /** Adds cents to what a customer owes; that is no new version of the customer. */
  owe(id: string, inCents: number): void;
  /** One customer becomes part of another and is no more. */
  merge(loser: Customer, winner: Customer): Customer;
  tally: Tally;
  /** Active ones that share an e-mail with another one, not counting the first of each. */
  duplicates(): number;
};

const DEEPEST = 4;

/** The customers of the simulated company. */
export function openCustomers(shelf: Shelf, heard: (happening: Happening) => void): Customers {
  const kept = shelf.collection<Customer>("customers");
  const gone = openGone(shelf, "Customer");
  const directory = openDirectory();
  const tally: Tally = { creates: 0, updates: 0, archived: 0 };
  let lastId = 0;
  for (const customer of kept.values()) {
    directory.add(customer);
    lastId = Math.max(lastId, Number(customer.Id));
  }
  for (const { Id } of gone.all()) lastId = Math.max(lastId, Number(Id));

  function keep(customer: Customer, before?: Customer): Customer {
    const holder = directory.named(customer.DisplayName);
    if (holder !== undefined && holder !== customer.Id) throw duplicateName();
    if (before !== undefined) directory.remove(before);
    directory.add(customer);
    kept.set(customer.Id, customer);
    return customer;
  }

  function placeOf(values: Values, id: string | null, way: Way): Place {
    if (referred(values["ParentRef"]) === undefined) return null;
    const parent = self.referredBy(values["ParentRef"], "ParentRef", way);
    const level = Number(parent["Level"] ?? 0) + 1;
    if (level > DEEPEST) throw businessRule("Customers can be nested five levels deep at most.");
    if (parent.Id === id) throw businessRule("A customer cannot be its own parent.");
    return { parentName: String(parent["FullyQualifiedName"]), level };
  }

  const self: Customers = {
    name: "Customer",
    get: (id) => kept.get(id),
    all: () => kept.values(),
    get size() {
      return kept.size;
    },
    gone: () => gone.all(),
    lookUp(field, values) {
      const found = (ids: Iterable<string>) => [...ids].flatMap((id) => kept.get(id) ?? []);
      if (field === "PrimaryEmailAddr")
        return values.flatMap((email) => found(directory.withEmail(email)));
      if (field === "DisplayName")
        return values.flatMap((name) => kept.get(directory.named(name) ?? "") ?? []);
      return undefined;
    },
    write(operation, given, way) {
      if (operation === "create") return self.create(given, Date.now(), way);
      if (operation === "update") return self.update(given, way);
      throw unsupportedOperation(`Operation ${operation} is not supported for Customer.`);
    },
    create(given, at = Date.now(), way = plainWay) {
      const values = settled(NEW, valuesOf("Customer", given, customerFields));
      const time = localTime(at);
      const customer = keep({
        ...whole(values, placeOf(values, null, way)),
        Id: String(lastId + 1),
        SyncToken: "0",
        MetaData: { CreateTime: time, LastUpdatedTime: time },
      });
      lastId += 1;
      tally.creates += 1;
      heard({ entity: "Customer", id: customer.Id, verb: "created" });
      return customer;
    },
    update(given, way = plainWay) {
      const before = kept.get(String(given["Id"]));
      if (before === undefined) throw objectNotFound();
      if (given["SyncToken"] === undefined) throw missingParam("SyncToken");
      if (given["SyncToken"] !== before.SyncToken) throw staleObject();
      // What is owed is reckoned once the customer is there.
      const { Balance: _, ...changes } = valuesOf("Customer", given, customerFields);
      const values = settled(
        given["sparse"] === true ? contentOf(before) : lastingOf(before),
        changes,
      );
      refuseNewCurrency(before, values);
      const after = keep(
        {
          ...whole(values, placeOf(values, before.Id, way)),
          Id: before.Id,
          SyncToken: String(Number(before.SyncToken) + 1),
          MetaData: { ...before.MetaData, LastUpdatedTime: localTime(Date.now()) },
        },
        before,
      );
      tally.updates += 1;
      if (before.Active && !after.Active) tally.archived += 1;
      heard({ entity: "Customer", id: after.Id, verb: "updated" });
      return after;
    },
    referredBy(reference, name, { unseen }) {
      const id = referred(reference);
      if (id === undefined) throw missingParam(name);
      const customer = unseen.has(`Customer ${id}`) ? undefined : kept.get(id);
      if (customer === undefined) throw invalidReference("Names", id);
      if (!customer.Active) throw objectNotFound();
      return customer;
    },
    owe(id, inCents) {
      const customer = kept.get(id);
      if (customer === undefined || inCents === 0) return;
      const balance = amount(cents(Number(customer["Balance"] ?? 0)) + inCents);
      kept.set(id, { ...customer, Balance: balance, BalanceWithJobs: balance });
    },
    merge(loser, winner) {
      directory.remove(loser);
      kept.delete(loser.Id);
      gone.add(loser.Id);
      const after = keep({
        ...winner,
        SyncToken: String(Number(winner.SyncToken) + 1),
        MetaData: { ...winner.MetaData, LastUpdatedTime: localTime(Date.now()) },
      });
      tally.updates += 1;
      tally.archived += 1;
      heard({ entity: "Customer", id: after.Id, verb: "merged", loser: loser.Id });
      return after;
    },
    tally,
    duplicates() {
      const emails = [...kept.values()].flatMap((one) => (one.Active ? (emailOf(one) ?? []) : []));
      return emails.length - new Set(emails).size;
    },
  };
  return self;
}
