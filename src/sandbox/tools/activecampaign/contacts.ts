import { type Answer, json, type Request, type Route } from "../http.ts";
import { enveloped, type JsonObject, textIn } from "./body.ts";
import { wantedContacts } from "./contact-filters.ts";
import type { ContactValues, ContactWriter } from "./contact-writer.ts";
import type { Contact, Crm } from "./crm.ts";
import { contactFields } from "./custom-fields.ts";
import { ofContacts, valuesIn } from "./custom-values.ts";
import { badEmail, notFound } from "./errors.ts";
import { includedIn, listed } from "./listing.ts";
import { type Links, shownAccountContact, shownContact, shownFieldValue, shownMembership, shownTag } from "./shown.ts"; // prettier-ignore

const KNOWN = ["email", "firstName", "lastName", "phone", "fieldValues", "orgid", "deleted"];

/** `/contacts`, and `/contact/sync`, which creates or updates by e-mail. */
export function contactRoutes(crm: Crm, writer: ContactWriter, at: Links): Route[] {
  const written = (status: number, contact: Contact): Answer => {
    const values = crm.contactValues.by("owner", contact.id);
    return json(status, {
      fieldValues: values.map((value) => shownFieldValue(value, at)),
      contact: { ...shownContact(contact, at), fieldValues: values.map(({ id }) => id) },
    });
  };

  return [
    {
      method: "GET",
      path: "/contacts",
      handle(request) {
        const beside = includedIn(request);
        return listed(
          request,
          "contacts",
          wantedContacts(request, crm),
          (contact) => ({ ...shownContact(contact, at), ...idsBeside(crm, beside, contact) }),
          (page) => ({ scoreValues: [], ...rowsBeside(crm, beside, page, at) }),
        );
      },
    },
    {
      method: "POST",
      path: "/contacts",
      handle: (request) => written(201, writer.create(contactIn(request))),
    },
    {
      method: "POST",
      path: "/contact/sync",
      handle(request) {
        const given = contactIn(request);
        if (given.email === undefined) throw badEmail();
        const [known] = crm.contacts.by("email", given.email);
        if (known === undefined) return written(201, writer.create(given));
        const { email: _same, ...rest } = given;
        return written(200, writer.update(known, rest, "api"));
      },
    },
    {
      method: "GET",
      path: "/contacts/:id",
      handle(request) {
        const contact = contactAt(crm, request);
        const all = ["contactLists", "fieldValues", "accountContacts"];
        return json(200, {
          ...rowsBeside(crm, all, [contact], at),
          contact: { ...shownContact(contact, at), ...idsBeside(crm, all, contact) },
        });
      },
    },
    {
      method: "PUT",
      path: "/contacts/:id",
      handle(request) {
        const contact = contactAt(crm, request);
        return written(200, writer.update(contact, contactIn(request), "api"));
      },
    },
    {
      method: "DELETE",
      path: "/contacts/:id",
      handle(request) {
        writer.remove(contactAt(crm, request));
        return json(200, {});
      },
    },
    ...Object.entries(besides).map(([name, rows]): Route => ({
      method: "GET",
      path: `/contacts/:id/${name}`,
      handle: (request) => json(200, { [name]: rows(crm, contactAt(crm, request), at) }),
    })),
  ];
}

function contactAt(crm: Crm, request: Request): Contact {
  const id = request.params["id"] ?? "";
  const contact = crm.contacts.get(id);
  if (contact === undefined) throw notFound("Subscriber", id);
  return contact;
}

const contactIn = (request: Request): ContactValues =>
  contactFrom(enveloped(request, "contact", KNOWN));

export function contactFrom(record: JsonObject): ContactValues {
  const names = ["email", "firstName", "lastName", "phone"] as const;
  const given = names.flatMap((name) => {
    const text = textIn(record, name);
    return text === undefined ? [] : [[name, text]];
  });
  return {
    ...(Object.fromEntries(given) as Partial<Contact>),
    values: valuesIn(record, ofContacts, contactFields),
  };
}

type Rows = { id: string }[];

/** What stands beside a contact: a second question for each, or asked for with `include`. */
const besides: Record<string, (crm: Crm, contact: Contact, at: Links) => Rows> = {
  fieldValues: (crm, { id }, at) =>
    crm.contactValues.by("owner", id).map((value) => shownFieldValue(value, at)),
  contactLists: (crm, { id }, at) =>
    crm.memberships.by("contact", id).map((one) => shownMembership(one, at)),
  accountContacts: (crm, { id }, at) =>
    crm.accountContacts.by("contact", id).map((one) => shownAccountContact(one, at)),
  contactTags: (crm, { id }, at) =>
    crm.contactTags.by("contact", id).flatMap((one) => {
      const tag = crm.tags.get(one.tag);
      return tag === undefined ? [] : [{ ...shownTag(tag, at), id: one.id, contact: id, tag: tag.id }]; // prettier-ignore
    }),
};

const asked = (names: readonly string[]) =>
  names.flatMap((name) => {
    const rows = besides[name];
    return rows === undefined ? [] : [{ name, rows }];
  });

const idsBeside = (crm: Crm, names: readonly string[], contact: Contact): object =>
  Object.fromEntries(
    asked(names).map(({ name, rows }) => [
      name,
      rows(crm, contact, { api: "" }).map(({ id }) => id),
    ]),
  );

const rowsBeside = (
  crm: Crm,
  names: readonly string[],
  contacts: readonly Contact[],
  at: Links,
): object =>
  Object.fromEntries(
    asked(names).map(({ name, rows }) => [
      name,
      contacts.flatMap((contact) => rows(crm, contact, at)),
    ]),
  );
