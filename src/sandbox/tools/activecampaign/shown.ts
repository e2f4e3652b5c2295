import type { Account, AccountContact, Contact, CustomValue, Deal, List, Membership, Tag } from "./crm.ts"; // prettier-ignore
import { central, NEVER, NEVER_DATE, utc } from "./time.ts";

/** Where the links of answers point: the account's own address. */
export type Links = { api: string };

const links = ({ api }: Links, what: string, id: string, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, `${api}/${what}/${id}/${name}`]));

/** Numbers are texts, and what never happened has a date of zeros. */
export const shownContact = (contact: Contact, at: Links) => ({
  cdate: central(contact.created),
  email: contact.email,
  phone: contact.phone,
  firstName: contact.firstName,
  lastName: contact.lastName,
  orgid: "0",
  orgname: "",
  segmentio_id: "",
  bounced_hard: "0",
  bounced_soft: "0",
  bounced_date: NEVER_DATE,
  ip: "0",
  ua: "",
  hash: "",
  socialdata_lastcheck: NEVER,
  email_local: "",
  email_domain: "",
  sentcnt: "0",
  rating_tstamp: NEVER_DATE,
  gravatar: "1",
  deleted: "0",
  anonymized: "0",
  adate: null,
  udate: central(contact.updated),
  edate: null,
  deleted_at: NEVER,
  created_utc_timestamp: utc(contact.created),
  updated_utc_timestamp: utc(contact.updated),
  scoreValues: [],
  links: links(at, "contacts", contact.id, ["contactLists", "contactTags", "fieldValues", "deals", "accountContacts"]), // prettier-ignore
  id: contact.id,
  organization: null,
});

export const shownAccount = (
  account: Account,
  at: Links,
  counts: { contacts: number; deals: number } | null = null,
) => ({
  name: account.name,
  accountUrl: account.accountUrl === "" ? null : account.accountUrl,
  owner: account.owner,
  createdTimestamp: central(account.created),
  updatedTimestamp: central(account.updated),
  // Not counted unless that is asked for.
  contactCount: String(counts?.contacts ?? 0),
  dealCount: String(counts?.deals ?? 0),
  links: links(at, "accounts", account.id, ["accountContacts", "accountCustomFieldData"]),
  id: account.id,
});

/** In lists every number is a text; the answer to a write has numbers. */
export const shownDeal = (deal: Deal, at: Links) => ({
  owner: deal.owner,
  contact: deal.contact,
  organization: deal.account,
  group: deal.group,
  stage: deal.stage,
  title: deal.title,
  description: deal.description,
  percent: deal.percent === null ? null : String(deal.percent),
  cdate: central(deal.created),
  mdate: central(deal.updated),
  nextdate: null,
  nexttaskid: null,
  value: String(deal.value),
  currency: deal.currency,
  winProbability: null,
  winProbabilityMdate: null,
  status: String(deal.status),
  activitycount: "1",
  nextdealid: deal.id,
  edate: NEVER,
  links: links(at, "deals", deal.id, ["contact", "account", "stage", "group", "owner", "dealCustomFieldData"]), // prettier-ignore
  id: deal.id,
  isDisabled: false,
  account: deal.account,
  customerAccount: deal.account,
});

export const writtenDeal = (deal: Deal, at: Links) => ({
  ...shownDeal(deal, at),
  value: deal.value,
  status: deal.status,
  percent: deal.percent,
  organization: deal.account === null ? null : Number(deal.account),
  account: deal.account === null ? null : Number(deal.account),
  customerAccount: deal.account === null ? null : Number(deal.account),
});

export const shownAccountContact = (link: AccountContact, at: Links) => ({
  account: link.account,
  contact: link.contact,
  jobTitle: link.jobTitle,
  createdTimestamp: central(link.created),
  updatedTimestamp: central(link.updated),
  links: links(at, "accountContacts", link.id, ["account", "contact"]),
  id: link.id,
});

export const shownFieldValue = (value: CustomValue, at: Links) => ({
  contact: value.owner,
  field: value.field,
  value: value.value,
  cdate: central(value.created),
  udate: central(value.updated),
  created_by: null,
  updated_by: null,
  links: links(at, "fieldValues", value.id, ["owner", "field"]),
  id: value.id,
  owner: value.owner,
});

/** Values of accounts and deals, whose field is named by its number. */
export const shownData = (value: CustomValue, of: "account" | "deal") => ({
  id: value.id,
  [`${of}Id`]: value.owner,
  customFieldId: value.field,
  fieldValue: value.value,
  ...(value.currency !== null && { fieldCurrency: value.currency }),
  createdTimestamp: central(value.created),
  updatedTimestamp: central(value.updated),
});

export const shownMembership = (membership: Membership, at: Links) => ({
  contact: membership.contact,
  list: membership.list,
  form: null,
  seriesid: "0",
  sdate: central(membership.created),
  udate: membership.status === 2 ? central(membership.updated) : null,
  status: String(membership.status),
  responder: "1",
  sync: "0",
  unsubreason: "",
  campaign: null,
  message: null,
  first_name: "",
  last_name: "",
  ip4Sub: "0",
  sourceid: membership.sourceid,
  updated_timestamp: utc(membership.updated),
  links: links(at, "contactLists", membership.id, ["contact", "list"]),
  id: membership.id,
  automation: null,
});

export const shownList = (list: List, at: Links) => ({
  stringid: list.stringid,
  userid: "1",
  name: list.name,
  cdate: central(list.created),
  udate: central(list.updated),
  private: "0",
  sender_url: list.sender_url,
  sender_reminder: list.sender_reminder,
  deletestamp: null,
  links: links(at, "lists", list.id, ["user"]),
  id: list.id,
  user: "1",
});

export const shownTag = (tag: Tag, at: Links) => ({
  tagType: tag.tagType,
  tag: tag.tag,
  description: tag.description,
  cdate: central(tag.created),
  subscriber_count: "0",
  links: links(at, "tags", tag.id, ["contactGoalTags"]),
  id: tag.id,
});
