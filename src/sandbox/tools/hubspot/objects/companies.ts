import { ownerIds } from "../owners.ts";
import { number, option, readOnly, text } from "../records/property-kinds.ts";
import { forwardOnly, lifecycleStage } from "./lifecycle.ts";
import { externalId, type ObjectType, plain } from "./object-type.ts";

/** Source of the names: HubSpot's default company properties. Nothing of them is unique, nor is the domain. */
export const companies: ObjectType = {
  ...plain,
  name: "companies",
  typeId: "0-2",
  singular: "company",
  firstId: 20_001,
  created: "createdate",
  modified: "hs_lastmodifieddate",
  properties: {
    name: text,
    domain: text,
    website: text,
    phone: text,
    address: text,
    address2: text,
    city: text,
    state: text,
    zip: text,
    country: text,
    description: text,
    industry: option("ACCOUNTING", "ARCHITECTURE_PLANNING", "CONSUMER_SERVICES", "DESIGN", "FOOD_BEVERAGES", "LAW_PRACTICE", "LOGISTICS_AND_SUPPLY_CHAIN", "MANAGEMENT_CONSULTING", "MEDICAL_PRACTICE", "PRINTING", "RETAIL", "SPORTING_GOODS", "TEXTILES"), // prettier-ignore
    type: option("PROSPECT", "PARTNER", "RESELLER", "VENDOR", "OTHER"),
    numberofemployees: number,
    annualrevenue: number,
    timezone: text,
    hubspot_owner_id: option(...ownerIds),
    lifecyclestage: lifecycleStage,
    external_id: text,
    createdate: readOnly("datetime"),
    hs_lastmodifieddate: readOnly("datetime"),
    hs_object_id: readOnly("number"),
    hs_merged_object_ids: readOnly("string"),
  },
  usual: ["createdate", "domain", "hs_lastmodifieddate", "hs_object_id", "name"],
  unique: [externalId],
  searched: ["name", "domain", "website", "phone"],
  settle: forwardOnly,
};
