import type { Account, Contact, Crm, Deal } from "./crm.ts";
import { accountFields, contactFields, dealFields } from "./custom-fields.ts";
import { pipelines, stages } from "./pipelines.ts";
import { users } from "./staff.ts";
import { central } from "./time.ts";

type Fields = Record<string, string>;

/** A contact as webhooks tell of it: names in brackets, as PHP reads them. */
export function toldContact(crm: Crm, contact: Contact): Fields {
  const [employer] = crm.accountContacts.by("contact", contact.id);
  const name = crm.accounts.get(employer?.account ?? "")?.name ?? "";
  const tags = crm.contactTags
    .by("contact", contact.id)
    .map(({ tag }) => crm.tags.get(tag)?.tag ?? "");
  const own = crm.contactValues
    .by("owner", contact.id)
    .map(({ field, value }): [string, string] => {
      const tag = contactFields.find((one) => one.id === field)?.tag.toLowerCase() ?? field;
      return [`contact[fields][${tag}]`, value];
    });
  return {
    "contact[id]": contact.id,
    "contact[email]": contact.email,
    "contact[first_name]": contact.firstName,
    "contact[last_name]": contact.lastName,
    "contact[phone]": contact.phone,
    "contact[orgname]": name,
    "contact[customer_acct_name]": name,
    "contact[tags]": tags.join(", "),
    "contact[ip4]": "0.0.0.0",
    ...Object.fromEntries(own),
  };
}

export function toldAccount(crm: Crm, account: Account): Fields {
  const own = crm.accountValues
    .by("owner", account.id)
    .map(({ field, value }): [string, string] => {
      const label = accountFields.find((one) => one.id === field)?.label ?? field;
      return [`account[fields][${label}]`, value];
    });
  return {
    "account[id]": account.id,
    "account[name]": account.name,
    "account[account_url]": account.accountUrl,
    "account[created_timestamp]": central(account.created),
    "account[updated_timestamp]": central(account.updated),
    ...Object.fromEntries(own),
  };
}

export function toldDeal(crm: Crm, deal: Deal): Fields {
  const contact = crm.contacts.get(deal.contact ?? "");
  const amount = deal.value / 100;
  const own = crm.dealValues.by("owner", deal.id).flatMap(({ field, value }, index) => {
    const key = dealFields.find((one) => one.id === field)?.label ?? "";
    const name = `deal[fields][${String(index)}]`;
    return [[`${name}[id]`, field], [`${name}[key]`, key], [`${name}[value]`, value]]; // prettier-ignore
  });
  return {
    "deal[id]": deal.id,
    "deal[title]": deal.title,
    "deal[create_date]": central(deal.created),
    "deal[orgid]": deal.account ?? "0",
    "deal[orgname]": crm.accounts.get(deal.account ?? "")?.name ?? "",
    ...placeOf(deal),
    // For people to read; the one below is the number.
    "deal[value]": amount.toLocaleString("en-US", { minimumFractionDigits: 2 }),
    "deal[value_raw]": String(amount),
    "deal[currency]": deal.currency.toUpperCase(),
    "deal[status]": String(deal.status),
    ...(Object.fromEntries(own) as Fields),
    ...(contact === undefined ? { "deal[contactid]": "0" } : ofContact(crm, contact)),
  };
}

const ofContact = (crm: Crm, contact: Contact): Fields => ({
  "deal[contactid]": contact.id,
  "deal[contact_email]": contact.email,
  "deal[contact_firstname]": contact.firstName,
  "deal[contact_lastname]": contact.lastName,
  ...toldContact(crm, contact),
});

/** In which stage of which pipeline, and whose it is. */
function placeOf({ stage, group, owner }: Deal): Fields {
  const user = users.find(({ id }) => id === owner);
  return {
    "deal[stageid]": stage,
    "deal[stage_title]": stages.find(({ id }) => id === stage)?.title ?? "",
    "deal[pipelineid]": group,
    "deal[pipeline_title]": pipelines.find(({ id }) => id === group)?.title ?? "",
    "deal[owner]": owner,
    "deal[owner_firstname]": user?.firstName ?? "",
    "deal[owner_lastname]": user?.lastName ?? "",
  };
}
