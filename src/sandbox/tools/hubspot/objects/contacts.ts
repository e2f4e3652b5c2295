import { ownerIds } from "../owners.ts";
import { datetime, flag, option, readOnly, text } from "../records/property-kinds.ts";
import { forwardOnly, lifecycleStage } from "./lifecycle.ts";
import { externalId, type ObjectType, plain } from "./object-type.ts";

/** Source of the names: HubSpot's default contact properties. */
export const contacts: ObjectType = {
  ...plain,
  name: "contacts",
  typeId: "0-1",
  singular: "contact",
  firstId: 1001,
  created: "createdate",
  modified: "lastmodifieddate",
  properties: {
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
    hubspot_owner_id: option(...ownerIds),
    annualrevenue: text,
    numemployees: text,
    date_of_birth: text,
    closedate: datetime,
    hs_email_optout: flag,
    lifecyclestage: lifecycleStage,
    hs_lead_status: option("NEW", "OPEN", "IN_PROGRESS", "OPEN_DEAL", "UNQUALIFIED", "ATTEMPTED_TO_CONTACT", "CONNECTED", "BAD_TIMING"), // prettier-ignore
    // Custom properties of this portal, as every portal has some.
    external_id: text,
    interests: { kind: "choices", options: ["newsletter", "events", "offers"] },
    hs_additional_emails: readOnly("string"),
    createdate: readOnly("datetime"),
    lastmodifieddate: readOnly("datetime"),
    // That nobody can write it is unverified.
    associatedcompanyid: readOnly("number"),
    hs_object_id: readOnly("number"),
    hs_merged_object_ids: readOnly("string"),
  },
  usual: ["createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"],
  // An e-mail that came with a merge stays taken, and finds the contact.
  unique: [{ name: "email", also: "hs_additional_emails" }, externalId],
  searched: ["email", "firstname", "lastname", "phone", "company"],
  settle: forwardOnly,
  primaryCompany: "associatedcompanyid",
};
