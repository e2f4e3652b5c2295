import { invalidProperties, type Problem } from "./errors.ts";

type Kind =
  | { kind: "text" }
  | { kind: "email" }
  | { kind: "number" }
  | { kind: "date" }
  | { kind: "options"; options: string[] }
  | { kind: "read_only"; type: "datetime" | "number" | "string" };

const text: Kind = { kind: "text" };
const readOnly = (type: "datetime" | "number" | "string"): Kind => ({ kind: "read_only", type });

/** The properties of a contact, by internal name. Source: HubSpot's default contact properties. */
export const properties: Record<string, Kind> = {
  email: { kind: "email" },
  firstname: text,
  lastname: text,
  salutation: text,
  phone: text,
  mobilephone: text,
  fax: text,
  company: text,
  jobtitle: text,
  industry: text,
  website: text,
  address: text,
  city: text,
  state: text,
  zip: text,
  country: text,
  message: text,
  hs_language: text,
  hs_timezone: text,
  hubspot_owner_id: text,
  annualrevenue: text,
  numemployees: text,
  date_of_birth: text,
  closedate: { kind: "date" },
  hs_email_optout: { kind: "options", options: ["true", "false"] },
  lifecyclestage: {
    kind: "options",
    options: ["subscriber", "lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity", "customer", "evangelist", "other"], // prettier-ignore
  },
  hs_lead_status: {
    kind: "options",
    options: ["NEW", "OPEN", "IN_PROGRESS", "OPEN_DEAL", "UNQUALIFIED", "ATTEMPTED_TO_CONTACT", "CONNECTED", "BAD_TIMING"], // prettier-ignore
  },
  external_id: text,
  createdate: readOnly("datetime"),
  lastmodifieddate: readOnly("datetime"),
  hs_object_id: readOnly("number"),
  hs_merged_object_ids: readOnly("string"),
};

/** Returned when no properties are asked for. */
export const usual = ["createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"]; // prettier-ignore
/** Returned whatever is asked for. */
export const always = ["createdate", "hs_object_id", "lastmodifieddate"];

/** Properties whose values tell contacts apart, so that a batch may address contacts by them. */
export const unique = ["email", "external_id"];

/** What will be stored: trimmed e-mails in lower case, `""` as null. Refuses as HubSpot does. */
export function checked(given: Record<string, string>): Record<string, string | null> {
  const problems = Object.entries(given).flatMap(([name, value]) => problemWith(name, value) ?? []);
  if (problems.length > 0) throw invalidProperties(problems);
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, stored(name, value)]),
  );
}

const stored = (name: string, value: string) => {
  if (value === "") return null;
  return name === "email" ? value.trim().toLowerCase() : value;
};

function problemWith(name: string, value: string): Problem | undefined {
  const property = properties[name];
  if (property === undefined) {
    const message = `Property "${name}" does not exist`;
    return { message, error: "PROPERTY_DOESNT_EXIST", name };
  }
  if (property.kind === "read_only") {
    return { message: `"${name}" is a read only property`, error: "READ_ONLY_VALUE", name };
  }
  return value === "" ? undefined : invalid(property, name, value);
}

function invalid(property: Kind, name: string, value: string): Problem | undefined {
  switch (property.kind) {
    case "email":
      // Lenient on purpose: HubSpot lets some addresses in that nobody can write to.
      if (/^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/.test(value.trim())) return undefined;
      return { message: `Email address ${value} is invalid`, error: "INVALID_EMAIL", name };
    case "number":
      if (Number.isFinite(Number(value))) return undefined;
      return { message: `${value} was not a valid number.`, error: "INVALID_INTEGER", name };
    case "date":
      if (!Number.isNaN(instantOf(value))) return undefined;
      return { message: `${value} was not a valid date.`, error: "INVALID_DATE", name };
    case "options":
      if (property.options.includes(value)) return undefined;
      return {
        message: `${value} was not one of the allowed options: [${property.options.join(", ")}]`,
        error: "INVALID_OPTION",
        name,
      };
    case "text":
    case "read_only":
      return undefined;
    default:
      return property satisfies never;
  }
}

/** Milliseconds since 1970 of an ISO date or of milliseconds written as a text; NaN if neither. */
export const instantOf = (value: string): number =>
  /^-?\d+$/.test(value) ? Number(value) : Date.parse(value);
