import { badRequest } from "./errors.ts";
import type { Contact, Contacts } from "./contacts.ts";
import { checked } from "./properties.ts";

/** Values that a person's edit sets; anything goes but e-mails that others have. */
export function editContact(
  contacts: Contacts,
  id: string | null,
  { archived, ...set }: Record<string, unknown>,
): Contact {
  const values = Object.fromEntries(
    Object.entries(set).map(([name, value]) => [
      name,
      value === null || value === "" ? null : String(value as string | number),
    ]),
  );
  if (id === null) return contacts.create(values);
  const contact = contacts.get(id) ?? contacts.findBy("email", id);
  if (contact === undefined) throw badRequest(`There is no contact ${id}`);
  if (archived === true) contacts.archive(contact);
  return contacts.update(contacts.get(contact.id) ?? contact, values);
}

/** The same from the web page, where HubSpot checks what is typed. */
export function saveContact(contacts: Contacts, id: string, values: Record<string, string>): void {
  const contact = contacts.get(id);
  if (contact === undefined) throw badRequest(`There is no contact ${id}`);
  contacts.update(contact, checked(values));
}
