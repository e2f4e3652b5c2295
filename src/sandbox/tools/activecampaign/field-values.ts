import { json, type Route } from "../http.ts";
import { enveloped, idIn } from "./body.ts";
import { later } from "./contact-writer.ts";
import type { Crm, CustomValue } from "./crm.ts";
import { contactFields } from "./custom-fields.ts";
import { keepValues, ofContacts, valueIn } from "./custom-values.ts";
import { missing, notFound, relatedMissing } from "./errors.ts";
import { listed } from "./listing.ts";
import { type Links, shownContact, shownFieldValue } from "./shown.ts";

/** The custom values of contacts by themselves. */
export function fieldValueRoutes(crm: Crm, at: Links): Route[] {
  const table = crm.contactValues;
  return [
    {
      method: "GET",
      path: "/fieldValues",
      handle(request) {
        const field = request.query.get("filters[fieldid]");
        const all = [...table.all()].filter((one) => field === null || one.field === field);
        return listed(request, "fieldValues", all, (value) => shownFieldValue(value, at));
      },
    },
    {
      method: "GET",
      path: "/fieldValues/:id",
      handle: (request) =>
        json(200, { fieldValue: shownFieldValue(found(table.get(request.params["id"] ?? ""), request.params["id"]), at) }), // prettier-ignore
    },
    {
      method: "POST",
      path: "/fieldValues",
      handle(request) {
        const record = enveloped(request, "fieldValue", ["contact", "field", "value", "currency"]);
        const id = idIn(record, "contact");
        if (id === undefined) throw missing("contact");
        const contact = crm.contacts.get(id);
        if (contact === undefined) throw relatedMissing("contact");
        const given = valueIn(record, ofContacts, contactFields);
        keepValues(table, id, [given]);
        const after = crm.contacts.change({ ...contact, updated: later(contact) });
        const value = table.by("owner", id).find(({ field }) => field === given.field.id);
        return json(200, {
          contacts: [shownContact(after, at)],
          fieldValue: value === undefined ? null : shownFieldValue(value, at),
        });
      },
    },
  ];
}

function found(value: CustomValue | undefined, id = ""): CustomValue {
  if (value === undefined) throw notFound("FieldValue", id);
  return value;
}
