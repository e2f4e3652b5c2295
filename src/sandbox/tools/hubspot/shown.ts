import type { Contact } from "./contacts.ts";
import { always, usual } from "./properties.ts";

/** A property's value as HubSpot tells it; null if the contact has none. */
export function valueOf(contact: Contact, name: string): string | null {
  if (name === "createdate") return contact.createdAt;
  if (name === "lastmodifieddate") return contact.updatedAt;
  if (name === "hs_object_id") return contact.id;
  return contact.properties[name] ?? null;
}

/** A contact as an answer shows it: the properties asked for, and those that always come. */
export function shown(contact: Contact, asked: string[]): Record<string, unknown> {
  const names = asked.length === 0 ? usual : [...new Set([...asked, ...always])];
  return {
    id: contact.id,
    properties: Object.fromEntries(names.map((name) => [name, valueOf(contact, name)])),
    createdAt: contact.createdAt,
    updatedAt: contact.updatedAt,
    archived: contact.archivedAt !== null,
    ...(contact.archivedAt !== null && { archivedAt: contact.archivedAt }),
  };
}
