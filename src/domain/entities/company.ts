import type { Entity } from "./entity.ts";
import { address } from "./address.ts";
import { of, text } from "./field.ts";
import { filled, firstFilled } from "./filled.ts";

/** An organisation, apart from the people in it. */
export const company: Entity = {
  name: "company",
  one: "company",
  many: "companies",
  keys: ["domain", "name", "email"],
  fields: {
    name: text("Name"),
    domain: text("Domain"),
    website: of("Website", "url"),
    email: of("E-mail", "email"),
    phone: of("Phone", "phone"),
    ...address,
    industry: text("Industry"),
    employees: of("Employees", "number"),
    currency: of("Currency", "currency"),
    notes: text("Notes"),
  },

  /** A tool has the domain, or the web address it is part of. */
  complete(fields) {
    const { domain, website } = { domain: fields["domain"], website: fields["website"] };
    if (filled(domain) || !filled(website)) return fields;
    const host = URL.parse(website)?.hostname.replace(/^www\./, "");
    return host === undefined || host === "" ? fields : { ...fields, domain: host };
  },

  title: firstFilled("name", "domain", "email"),
};
