import { Refusal } from "../http.ts";
import type { CompanyWriter } from "./company-writer.ts";
import type { ContactWriter } from "./contact-writer.ts";
import { UNSUBSCRIBED } from "./contact-writer.ts";
import type { Contact, Crm } from "./crm.ts";
import { contactFields } from "./custom-fields.ts";
import { ofContacts, valueIn } from "./custom-values.ts";
import type { Entry } from "./import-body.ts";
import { tagNamed } from "./tags.ts";

/** The contact, created or updated; null where this one could not be imported. */
export function importOne(
  crm: Crm,
  contacts: ContactWriter,
  companies: CompanyWriter,
  entry: Entry,
): Contact | null {
  // Stricter than elsewhere: the documentation has such an address among the failures.
  if (entry.email.includes("'")) return null;
  try {
    const values = entry.fields.map((field) =>
      valueIn({ field: field.id, value: field.value }, ofContacts, contactFields),
    );
    const given = {
      ...(entry.firstName !== null && { firstName: entry.firstName }),
      ...(entry.lastName !== null && { lastName: entry.lastName }),
      ...(entry.phone !== null && { phone: entry.phone }),
      values,
    };
    const [known] = crm.contacts.by("email", entry.email);
    const contact =
      known === undefined
        ? contacts.create({ ...given, email: entry.email })
        : contacts.quietly(known, given);
    employ(crm, companies, contact, entry.company);
    for (const tag of entry.tags) contacts.addTag(contact, tagNamed(crm, tag), null);
    for (const list of entry.subscribe.filter((id) => crm.lists.get(id) !== undefined))
      contacts.setStatus(contact, list, 1, "0", null);
    for (const list of entry.unsubscribe.filter((id) => crm.lists.get(id) !== undefined))
      contacts.setStatus(contact, list, UNSUBSCRIBED, "0", null);
    return crm.contacts.get(contact.id) ?? contact;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** By the company's name, which is made if there is none; who works somewhere stays there. */
function employ(crm: Crm, companies: CompanyWriter, contact: Contact, name: string | null): void {
  if (name === null || name === "") return;
  if (crm.accountContacts.by("contact", contact.id).length > 0) return;
  const account = crm.accounts.by("name", name)[0] ?? companies.create({ name, values: [] }, null);
  companies.join(account, contact, "", null);
}
