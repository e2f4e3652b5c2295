import { later } from "./contact-writer.ts";
import { type Account, type AccountContact, born, type Contact, type Crm, now } from "./crm.ts";
import { type GivenValue, keepValues } from "./custom-values.ts";
import { duplicate, missing } from "./errors.ts";
import type { Events, Source } from "./events.ts";
import { toldAccount, toldContact } from "./told.ts";

export type AccountGiven = Partial<Pick<Account, "name" | "accountUrl" | "owner">> & {
  values: readonly GivenValue[];
};

/** What one may do with accounts, which are companies, and with who works there. */
export type CompanyWriter = {
  /** A name is taken once, whatever its capitals. */
  create(given: AccountGiven, source: Source | null, at?: number): Account;
  update(account: Account, given: AccountGiven, source: Source): Account;
  remove(account: Account): void;
  join(account: Account, contact: Contact, jobTitle: string, source: Source | null): AccountContact;
};

export function openCompanyWriter(crm: Crm, events: Events): CompanyWriter {
  function verified(name: string | undefined, self: string | null): string {
    if (name === undefined || name === "")
      throw missing("name", "The account name was not provided.");
    const taken = crm.accounts.by("name", name).some(({ id }) => id !== self);
    if (taken)
      throw duplicate("name", `An account named "${name}" already exists. Please choose a new name.`); // prettier-ignore
    return name;
  }
  const tell = (
    account: Account,
    type: "account_add" | "account_update",
    source: Source | null,
  ) => {
    if (source === null) return;
    events.tell({ type, source, list: "0", fields: toldAccount(crm, account) });
  };

  return {
    create({ values, ...given }, source, at = now()) {
      const name = verified(given.name, null);
      const account = crm.accounts.add({ accountUrl: "", owner: "1", ...given, name, ...born(at) });
      keepValues(crm.accountValues, account.id, values, at);
      crm.tally.creates += 1;
      tell(account, "account_add", source);
      return account;
    },
    update(account, { values, ...given }, source) {
      if (given.name !== undefined) verified(given.name, account.id);
      keepValues(crm.accountValues, account.id, values);
      const after = crm.accounts.change({ ...account, ...given, updated: later(account) });
      crm.tally.updates += 1;
      tell(after, "account_update", source);
      return after;
    },
    remove({ id }) {
      for (const one of crm.accountContacts.by("account", id)) crm.accountContacts.remove(one.id);
      for (const value of crm.accountValues.by("owner", id)) crm.accountValues.remove(value.id);
      for (const deal of crm.deals.by("account", id)) crm.deals.change({ ...deal, account: null });
      crm.accounts.remove(id);
      crm.tally.archived += 1;
    },
    join(account, contact, jobTitle, source) {
      const link = crm.accountContacts.add({ account: account.id, contact: contact.id, jobTitle, ...born() }); // prettier-ignore
      if (source !== null) {
        const fields = { ...toldContact(crm, contact), ...toldAccount(crm, account) };
        events.tell({ type: "account_contact_add", source, list: "0", fields });
      }
      return link;
    },
  };
}
