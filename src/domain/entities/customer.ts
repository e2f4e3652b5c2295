import type { Fields } from "../fields.ts";
import type { Entity } from "./entity.ts";
import { address } from "./address.ts";
import { choice, of, personalText, reference, text } from "./field.ts";
import { filled, firstFilled } from "./filled.ts";

/** A person or an organisation that buys from us. */
export const customer: Entity = {
  name: "customer",
  one: "customer",
  many: "customers",
  keys: ["email", "name"],
  fields: {
    name: personalText("Name"),
    first_name: personalText("First name"),
    last_name: personalText("Last name"),
    company_name: text("Company"),
    email: of("E-mail", "email"),
    phone: of("Phone", "phone"),
    mobile: of("Mobile", "phone"),
    website: of("Website", "url"),
    ...address,
    currency: of("Currency", "currency"),
    subscription: choice("Subscription", "subscribed", "unsubscribed", "never_asked"),
    notes: personalText("Notes"),
    company: reference("Works for", "company"),
  },

  /** Tools that keep no name of their own for a customer (a CRM's contact) have the parts of one. */
  complete(fields) {
    if (filled(fields["name"])) return fields;
    const name = nameFrom(fields);
    return name === null ? fields : { ...fields, name };
  },

  title: firstFilled("name", "company_name", "email"),
};

const byOther = firstFilled("company_name", "email");

function nameFrom(fields: Fields): string | null {
  const { first_name: first, last_name: last } = fields;
  if (!filled(first)) return filled(last) ? last : byOther(fields);
  return filled(last) ? `${first} ${last}` : first;
}
