import type { Shelf } from "../../collection.ts";
import type { Tally } from "../simulated-tool.ts";
import { openTable, type Table } from "./table.ts";

type Times = { created: number; updated: number };

export type Contact = Times & {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  phone: string;
};
export type Account = Times & { id: string; name: string; accountUrl: string; owner: string };
export type AccountContact = Times & {
  id: string;
  account: string;
  contact: string;
  jobTitle: string;
};
export type Deal = Times & {
  id: string;
  title: string;
  description: string;
  account: string | null;
  contact: string | null;
  /** In cents. */
  value: number;
  currency: string;
  group: string;
  stage: string;
  owner: string;
  percent: number | null;
  /** 0 open, 1 won, 2 lost. */
  status: number;
};
/** A value of a custom field; `owner` is a contact, an account or a deal. */
export type CustomValue = Times & {
  id: string;
  owner: string;
  field: string;
  value: string;
  currency: string | null;
};
/** How a contact stands to a list: 0 unconfirmed, 1 active, 2 unsubscribed, 3 bounced. */
export type Membership = Times & {
  id: string;
  contact: string;
  list: string;
  status: number;
  sourceid: string;
};
export type List = Times & { id: string; name: string; stringid: string; sender_url: string; sender_reminder: string }; // prettier-ignore
export type Tag = Times & { id: string; tag: string; tagType: string; description: string };
type ContactTag = Times & { id: string; contact: string; tag: string };

/** What the simulated account holds. */
export type Crm = {
  contacts: Table<Contact>;
  accounts: Table<Account>;
  accountContacts: Table<AccountContact>;
  deals: Table<Deal>;
  contactValues: Table<CustomValue>;
  accountValues: Table<CustomValue>;
  dealValues: Table<CustomValue>;
  lists: Table<List>;
  memberships: Table<Membership>;
  tags: Table<Tag>;
  contactTags: Table<ContactTag>;
  tally: Tally;
};

export const openCrm = (shelf: Shelf): Crm => ({
  contacts: openTable(shelf, "contacts", ["email"]),
  accounts: openTable(shelf, "accounts", ["name"]),
  accountContacts: openTable(shelf, "account_contacts", ["account", "contact"]),
  deals: openTable(shelf, "deals", ["contact", "account"]),
  contactValues: openTable(shelf, "contact_values", ["owner"]),
  accountValues: openTable(shelf, "account_values", ["owner"]),
  dealValues: openTable(shelf, "deal_values", ["owner"]),
  lists: openTable(shelf, "lists", ["name"]),
  memberships: openTable(shelf, "memberships", ["contact", "list"]),
  tags: openTable(shelf, "tags", ["tag"]),
  contactTags: openTable(shelf, "contact_tags", ["contact", "tag"]),
  tally: { creates: 0, updates: 0, archived: 0 },
});

/** To the second, as everything is kept. */
export const now = (): number => Math.floor(Date.now() / 1000) * 1000;

export const born = (at = now()): Times => ({ created: at, updated: at });
