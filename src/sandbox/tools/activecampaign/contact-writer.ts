import { born, type Contact, type Crm, type Membership, now, type Tag } from "./crm.ts";
import { type GivenValue, keepValues } from "./custom-values.ts";
import { badEmail, duplicate } from "./errors.ts";
import type { Events, Source } from "./events.ts";
import type { Identified, Table } from "./table.ts";
import { toldContact } from "./told.ts";

export type ContactValues = Partial<Pick<Contact, "email" | "firstName" | "lastName" | "phone">> & {
  values: readonly GivenValue[];
};

/** What one may do with contacts, and who is told of it. */
export type ContactWriter = {
  /** Both refuse an e-mail that is none, or that another contact has. Creating tells nobody. */
  create(given: ContactValues, at?: number): Contact;
  update(contact: Contact, given: ContactValues, source: Source): Contact;
  /** The same, telling nobody. */
  quietly(contact: Contact, given: ContactValues): Contact;
  /** For good: nothing tells later that it was there. */
  remove(contact: Contact): void;
  /**
   * Who unsubscribed stays so, unless it is said with `sourceid` 4 that they want back (unverified: that
   * a subscription without it is answered as if it had been done).
   */
  setStatus(contact: Contact, list: string, status: number, sourceid: string, source: Source | null): Membership; // prettier-ignore
  addTag(contact: Contact, tag: Tag, source: Source | null): void;
};

export const UNSUBSCRIBED = 2;
const WANTS_BACK = "4";
const EMAIL = /^[^\s@,;<>()"]+@([\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}{2,}$/u;

export function openContactWriter(crm: Crm, events: Events): ContactWriter {
  const tell = (
    contact: Contact,
    type: "update" | "subscribe" | "unsubscribe" | "contact_tag_added",
    source: Source | null,
    list = "0",
    more: Record<string, string> = {},
  ): void => {
    if (source === null) return;
    events.tell({ type, source, list, fields: { ...toldContact(crm, contact), ...more } });
  };

  function verified(email: string, self: string | null): string {
    if (!EMAIL.test(email) || email.includes("..")) throw badEmail();
    const taken = crm.contacts.by("email", email).some(({ id }) => id !== self);
    if (taken) throw duplicate("email", "Email address already exists in the system");
    return email;
  }

  function changed(contact: Contact, { values, ...given }: ContactValues): Contact {
    if (given.email !== undefined) verified(given.email, contact.id);
    keepValues(crm.contactValues, contact.id, values);
    crm.tally.updates += 1;
    return crm.contacts.change({ ...contact, ...given, updated: later(contact) });
  }

  return {
    create({ values, ...given }, at = now()) {
      const email = verified(given.email ?? "", null);
      crm.tally.creates += 1;
      const none = { firstName: "", lastName: "", phone: "" };
      const contact = crm.contacts.add({ ...none, ...given, email, ...born(at) });
      keepValues(crm.contactValues, contact.id, values, at);
      return contact;
    },
    update(contact, given, source) {
      const after = changed(contact, given);
      tell(after, "update", source);
      return after;
    },
    quietly: changed,
    remove({ id }) {
      empty(crm.memberships, crm.memberships.by("contact", id));
      empty(crm.accountContacts, crm.accountContacts.by("contact", id));
      empty(crm.contactTags, crm.contactTags.by("contact", id));
      empty(crm.contactValues, crm.contactValues.by("owner", id));
      for (const deal of crm.deals.by("contact", id)) crm.deals.change({ ...deal, contact: null });
      crm.contacts.remove(id);
      crm.tally.archived += 1;
    },
    setStatus(contact, list, status, sourceid, source) {
      const known = crm.memberships.by("contact", contact.id).find((one) => one.list === list);
      const widens = known?.status === UNSUBSCRIBED && status !== UNSUBSCRIBED;
      if (known !== undefined && ((widens && sourceid !== WANTS_BACK) || known.status === status))
        return known;
      const at = now();
      const membership =
        known === undefined
          ? crm.memberships.add({ contact: contact.id, list, status, sourceid, ...born(at) })
          : crm.memberships.change({ ...known, status, sourceid, updated: at });
      crm.contacts.change({ ...contact, updated: later(contact) });
      tell(contact, status === UNSUBSCRIBED ? "unsubscribe" : "subscribe", source, list);
      return membership;
    },
    addTag(contact, tag, source) {
      const has = crm.contactTags.by("contact", contact.id).some((one) => one.tag === tag.id);
      if (has) return;
      crm.contactTags.add({ contact: contact.id, tag: tag.id, ...born() });
      crm.contacts.change({ ...contact, updated: later(contact) });
      tell(contact, "contact_tag_added", source, "0", { tag: tag.tag });
    },
  };
}

function empty<Item extends Identified>(table: Table<Item>, items: readonly Item[]): void {
  for (const { id } of items) table.remove(id);
}

/** Now, and in any case later than before: the second after, where both are within one. */
export const later = ({ updated }: { updated: number }): number => Math.max(now(), updated + 1000);
