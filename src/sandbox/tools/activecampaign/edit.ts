import { accountFrom } from "./accounts.ts";
import { isObject, type JsonObject } from "./body.ts";
import { contactFrom } from "./contacts.ts";
import type { Crm } from "./crm.ts";
import { accountFields, contactFields, type CustomField, dealFields } from "./custom-fields.ts";
import { type Naming, ofContacts, ofOthers } from "./custom-values.ts";
import { dealFrom } from "./deals.ts";
import type { Writers } from "./seed.ts";

/**
 * What a person does in ActiveCampaign itself. Custom fields are named by their label; `deleted` removes
 * a record. A `contactLists` edit is what the contact did: `{contact, list, status}`, by id or e-mail.
 */
export function edit(
  crm: Crm,
  writers: Writers,
  object: string,
  id: string | null,
  set: JsonObject,
): unknown {
  const editor = editors[object];
  if (editor !== undefined) return editor(crm, writers, id, set);
  throw new Error(`There is no object ${object}; there are ${Object.keys(editors).join(", ")}.`);
}

type Editor = (crm: Crm, writers: Writers, id: string | null, set: JsonObject) => unknown;

const editors: Record<string, Editor> = {
  contacts(crm, { contacts }, id, { deleted, ...set }) {
    const given = contactFrom(named(set, contactFields, ofContacts));
    if (id === null) return contacts.create(given);
    const contact = there(crm.contacts.get(id) ?? crm.contacts.by("email", id)[0], id);
    if (deleted !== true) return contacts.update(contact, given, "admin");
    contacts.remove(contact);
    return {};
  },
  accounts(crm, { companies }, id, { deleted, ...set }) {
    const given = accountFrom(named(set, accountFields, ofOthers));
    if (id === null) return companies.create(given, "admin");
    const account = there(crm.accounts.get(id) ?? crm.accounts.by("name", id)[0], id);
    if (deleted !== true) return companies.update(account, given, "admin");
    companies.remove(account);
    return {};
  },
  deals(crm, { deals }, id, { deleted, ...set }) {
    const given = dealFrom(named(set, dealFields, ofOthers));
    if (id === null) return deals.create(given, "admin");
    const deal = there(crm.deals.get(id), id);
    if (deleted !== true) return deals.update(deal, given, "admin");
    deals.remove(deal);
    return {};
  },
  contactLists(crm, { contacts }, _id, set) {
    const key = String(set["contact"] as string);
    const contact = there(crm.contacts.get(key) ?? crm.contacts.by("email", key)[0], key);
    const list = there(crm.lists.get(String(set["list"] as string)), "of that list");
    return contacts.setStatus(contact, list.id, Number(set["status"]), "4", "public");
  },
};

function there<Item>(item: Item | undefined, id: string): Item {
  if (item === undefined) throw new Error(`There is no record ${id}.`);
  return item;
}

/** Puts values that are named by a label where the interface has them: by the number of the field. */
function named(set: JsonObject, fields: readonly CustomField[], naming: Naming): JsonObject {
  const custom = fields.flatMap(({ id, label }) =>
    label in set ? [{ [naming.field]: id, [naming.value]: set[label] ?? "" }] : [],
  );
  const own = Object.entries(set).filter(([name]) => !fields.some(({ label }) => label === name));
  const given = set[naming.list];
  const listed = Array.isArray(given) ? given.filter(isObject) : [];
  return { ...Object.fromEntries(own), [naming.list]: [...listed, ...custom] };
}
