import type { Fields, Value } from "../fields.ts";
import type { Entity, Field } from "./entity.ts";

const text = (label: string, personal = false): Field => ({
  label,
  type: { kind: "text" },
  personal,
});

/** A person or an organisation that buys from us. */
export const customer: Entity = {
  name: "customer",
  one: "customer",
  many: "customers",
  keys: ["email", "name"],
  fields: {
    name: text("Name", true),
    first_name: text("First name", true),
    last_name: text("Last name", true),
    company_name: text("Company"),
    email: { label: "E-mail", type: { kind: "email" }, personal: true },
    phone: { label: "Phone", type: { kind: "phone" }, personal: true },
    mobile: { label: "Mobile", type: { kind: "phone" }, personal: true },
    website: { label: "Website", type: { kind: "url" }, personal: false },
    "address.line1": text("Street", true),
    "address.line2": text("Street, second line", true),
    "address.city": text("City", true),
    "address.region": text("Region", true),
    "address.postcode": text("Postcode", true),
    "address.country": { label: "Country", type: { kind: "country" }, personal: false },
    currency: { label: "Currency", type: { kind: "currency" }, personal: false },
    subscription: {
      label: "Subscription",
      type: { kind: "choice", of: ["subscribed", "unsubscribed", "never_asked"] },
      personal: false,
    },
  },

  /** Tools that keep no name of their own for a customer (a CRM's contact) have the parts of one. */
  complete(fields) {
    if (filled(fields["name"])) return fields;
    const parts = [fields["first_name"], fields["last_name"]].filter(filled);
    const name = [parts.join(" "), fields["company_name"], fields["email"]].find(filled);
    return name === undefined ? fields : { ...fields, name };
  },

  title: (fields: Fields) =>
    [fields["name"], fields["company_name"], fields["email"]].find(filled) ?? null,
};

const filled = (value: Value | undefined): value is string =>
  typeof value === "string" && value.trim() !== "";
