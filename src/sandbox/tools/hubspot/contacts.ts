import type { Shelf } from "../../collection.ts";
import type { Tally } from "../simulated-tool.ts";
import { alreadyExists } from "./errors.ts";

export type Contact = {
  id: string;
  /** Only those that have a value; dates and id are told from the fields below. */
  properties: Record<string, string>;
  createdAt: string;
  updatedAt: string;
  archivedAt: string | null;
};

export type Contacts = {
  get(id: string): Contact | undefined;
  findBy(property: string, value: string): Contact | undefined;
  /** In order of id, from the one after `after`. */
  after(after: string | null, archived: boolean, limit: number): Contact[];
  all(): Iterable<Contact>;
  /** A 409 that names the contact other than `self` who has one of these e-mails or external ids. */
  refuseTaken(values: Record<string, string | null>, self: string | null): void;
  create(
    properties: Record<string, string | null>,
    at?: { created: string; updated: string },
  ): Contact;
  update(contact: Contact, changes: Record<string, string | null>): Contact;
  archive(contact: Contact): void;
  tally: Tally;
};

const UNIQUE = ["email", "external_id"];
const FIRST_ID = 1001;

/** The contacts of the simulated portal. `changed` hears of each one that was written. */
export function openContacts(shelf: Shelf, changed: (contact: Contact) => void): Contacts {
  const kept = shelf.collection<Contact>("contacts");
  const ids = [...kept.values()].map(({ id }) => Number(id)).sort((a, b) => a - b);
  const holders = new Map<string, string>();
  const tally: Tally = { creates: 0, updates: 0, archived: 0 };

  const holderKey = (name: string, value: string) => `${name}\n${value.toLowerCase()}`;
  const each = (contact: Contact, use: (key: string) => void) => {
    for (const name of UNIQUE) {
      const value = contact.properties[name];
      if (value !== undefined) use(holderKey(name, value));
    }
  };
  for (const contact of kept.values()) {
    if (contact.archivedAt === null) each(contact, (key) => holders.set(key, contact.id));
  }

  function refuseTaken(values: Record<string, string | null>, self: string | null): void {
    for (const name of UNIQUE) {
      const value = values[name];
      const holder = value ? holders.get(holderKey(name, value)) : undefined;
      if (holder !== undefined && holder !== self) throw alreadyExists(holder);
    }
  }

  function keep(contact: Contact): Contact {
    kept.set(contact.id, contact);
    if (contact.archivedAt === null) each(contact, (key) => holders.set(key, contact.id));
    changed(contact);
    return contact;
  }

  return {
    get: (id) => kept.get(id),
    findBy(property, value) {
      const id = holders.get(holderKey(property, value));
      return id === undefined ? undefined : kept.get(id);
    },
    after(after, archived, limit) {
      const page: Contact[] = [];
      for (let at = after === null ? 0 : firstAbove(ids, Number(after)); at < ids.length; at += 1) {
        const contact = kept.get(String(ids[at]));
        if (contact === undefined || (contact.archivedAt !== null) !== archived) continue;
        page.push(contact);
        if (page.length === limit) break;
      }
      return page;
    },
    all: () => kept.values(),
    refuseTaken,
    create(properties, at) {
      refuseTaken(properties, null);
      const now = new Date().toISOString();
      const id = (ids.at(-1) ?? FIRST_ID - 1) + 1;
      ids.push(id);
      tally.creates += 1;
      return keep({
        id: String(id),
        properties: merged({}, properties),
        createdAt: at?.created ?? now,
        updatedAt: at?.updated ?? now,
        archivedAt: null,
      });
    },
    update(contact, changes) {
      refuseTaken(changes, contact.id);
      const different = Object.entries(changes).some(
        ([name, value]) => (contact.properties[name] ?? null) !== value,
      );
      if (!different) return contact;
      each(contact, (key) => holders.delete(key));
      tally.updates += 1;
      return keep({
        ...contact,
        properties: merged(contact.properties, changes),
        updatedAt: later(contact.updatedAt),
      });
    },
    archive(contact) {
      if (contact.archivedAt !== null) return;
      each(contact, (key) => holders.delete(key));
      tally.archived += 1;
      const now = new Date().toISOString();
      keep({ ...contact, updatedAt: now, archivedAt: now });
    },
    tally,
  };
}

function merged(
  before: Record<string, string>,
  changes: Record<string, string | null>,
): Record<string, string> {
  const after = { ...before };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete after[name];
    else after[name] = value;
  }
  return after;
}

/** Now, and in any case later than before, so that no change hides behind an equal timestamp. */
const later = (before: string) =>
  new Date(Math.max(Date.now(), Date.parse(before) + 1)).toISOString();

function firstAbove(sorted: number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
