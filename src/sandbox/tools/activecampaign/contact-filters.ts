import type { Request } from "../http.ts";
import type { Contact, Crm } from "./crm.ts";
import { ordered } from "./listing.ts";
import { dayIn } from "./time.ts";

type Test = (contact: Contact) => boolean;

/**
 * The contacts a list asks for. Filters go by whole days; what is not known is ignored, as
 * ActiveCampaign does, orders by the time of change among it.
 */
export function wantedContacts(request: Request, crm: Crm): Contact[] {
  const tests = testsOf(request, crm);
  const email = request.query.get("email");
  const from = email === null ? [...crm.contacts.all()] : crm.contacts.by("email", email);
  const found = from.filter((contact) => tests.every((test) => test(contact)));
  return ordered(request, found, {
    id: ({ id }) => Number(id),
    cdate: ({ created }) => created,
    email: (one) => one.email.toLowerCase(),
    first_name: ({ firstName }) => firstName.toLowerCase(),
    last_name: ({ lastName }) => lastName.toLowerCase(),
    name: ({ firstName, lastName }) => `${firstName} ${lastName}`.toLowerCase(),
  });
}

function testsOf({ query }: Request, crm: Crm): Test[] {
  const text = (name: string, test: (contact: Contact, wanted: string) => boolean): Test[] => {
    const wanted = query.get(name)?.toLowerCase();
    return wanted === undefined || wanted === "" ? [] : [(contact) => test(contact, wanted)];
  };
  const day = (name: string, test: (contact: Contact, start: number) => boolean): Test[] => {
    const start = dayIn(query.get(`filters[${name}]`) ?? "");
    return start === undefined ? [] : [(contact) => test(contact, start)];
  };
  const ids = query.getAll("ids[]");
  return [
    ...(ids.length === 0 ? [] : [({ id }: Contact) => ids.includes(id)]),
    ...text("email_like", ({ email }, wanted) => email.toLowerCase().includes(wanted)),
    ...text("phone", ({ phone }, wanted) => phone.startsWith(wanted)),
    ...text("search", (contact, wanted) => namesOf(contact).some((one) => one.includes(wanted))),
    ...text("exclude", ({ id }, wanted) => id !== wanted),
    ...text("id_greater", ({ id }, wanted) => Number(id) > Number(wanted)),
    ...text("id_less", ({ id }, wanted) => Number(id) < Number(wanted)),
    ...text("tagid", ({ id }, wanted) =>
      crm.contactTags.by("contact", id).some(({ tag }) => tag === wanted),
    ),
    ...byList(query, crm),
    ...day("created_after", ({ created }, start) => created > start),
    ...day("created_before", ({ created }, start) => created < start),
    ...day("updated_after", ({ updated }, start) => updated > start),
    ...day("updated_before", ({ updated }, start) => updated < start),
  ];
}

const namesOf = ({ firstName, lastName, email, phone }: Contact): string[] =>
  [`${firstName} ${lastName}`, email, phone].map((one) => one.toLowerCase());

/** By how a contact stands to a list, or to any of them; -1 is any way at all. */
function byList(query: URLSearchParams, crm: Crm): Test[] {
  const list = query.get("listid");
  const status = Number(query.get("status") ?? "-1");
  if (list === null && status === -1) return [];
  return [
    ({ id }) =>
      crm.memberships
        .by("contact", id)
        .some((one) => (list === null || one.list === list) && (status === -1 || one.status === status)), // prettier-ignore
  ];
}
