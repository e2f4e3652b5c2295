import type { Records } from "../records-page.ts";
import type { Contacts } from "./contacts.ts";
import { saveContact } from "./edit.ts";
import type { ErrorBody, Problem } from "./errors.ts";

const FIELDS: Record<string, string> = {
  firstname: "First name",
  lastname: "Last name",
  email: "E-mail",
  phone: "Phone",
  company: "Company",
  address: "Street",
  city: "City",
  state: "Region",
  zip: "Postal code",
  country: "Country",
};

/** How a person sees the contacts of the simulated portal. */
export const contactRecords = (contacts: Contacts): Records => ({
  tool: "HubSpot",
  object: "contacts",
  noun: "contacts",
  columns: ["Name", "E-mail", "Phone", "Company", "City", "Country", "Changed"],
  rows: () =>
    [...contacts.all()]
      .sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))
      .map(({ id, properties: of, updatedAt, archivedAt }) => ({
        id,
        faded: archivedAt !== null,
        cells: [
          `${of["firstname"] ?? ""} ${of["lastname"] ?? ""}`,
          of["email"] ?? "",
          of["phone"] ?? "",
          of["company"] ?? "",
          of["city"] ?? "",
          of["country"] ?? "",
          updatedAt.slice(0, 16).replace("T", " "),
        ],
      })),
  fields(id) {
    const contact = contacts.get(id);
    if (contact === undefined) return undefined;
    return Object.entries(FIELDS).map(([name, label]) => ({
      name,
      label,
      value: contact.properties[name] ?? "",
    }));
  },
  save: (id, values) => saveContact(contacts, id, values),
  reason({ answer }) {
    const { message } = JSON.parse(answer.body.toString()) as ErrorBody;
    const listed = /^Property values were not valid: (\[.*\])$/s.exec(message)?.[1];
    if (listed === undefined) return message;
    return (JSON.parse(listed) as Problem[]).map((problem) => problem.message).join(". ");
  },
});
