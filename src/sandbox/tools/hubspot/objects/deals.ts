import { ownerIds } from "../owners.ts";
import { datetime, number, option, readOnly, text } from "../records/property-kinds.ts";
import { pipelineIds, stageIds, stageOf, strayStage } from "../pipelines.ts";
import { currencies } from "../account.ts";
import { externalId, type ObjectType, type Properties } from "./object-type.ts";

const closed = ({ dealstage }: Properties, probability: string | null): string => {
  const stage = stageOf("deals", dealstage)?.metadata;
  if (probability === null) return stage?.["isClosed"] ?? "false";
  return String(stage?.["probability"] === probability);
};

/** Source of the names: HubSpot's default deal properties. */
export const deals: ObjectType = {
  name: "deals",
  typeId: "0-3",
  singular: "deal",
  firstId: 30_001,
  created: "createdate",
  modified: "hs_lastmodifieddate",
  properties: {
    dealname: text,
    amount: number,
    deal_currency_code: option(...currencies),
    pipeline: option(...pipelineIds("deals")),
    dealstage: option(...stageIds("deals")),
    closedate: datetime,
    dealtype: option("newbusiness", "existingbusiness"),
    description: text,
    closed_lost_reason: text,
    hs_priority: option("low", "medium", "high"),
    hubspot_owner_id: option(...ownerIds),
    external_id: text,
    // A custom property of this portal that is a day.
    handover_day: { kind: "date" },
    hs_is_closed: readOnly("bool"),
    hs_is_closed_won: readOnly("bool"),
    hs_is_closed_lost: readOnly("bool"),
    hs_primary_associated_company: readOnly("number"),
    createdate: readOnly("datetime"),
    hs_lastmodifieddate: readOnly("datetime"),
    hs_object_id: readOnly("number"),
    hs_merged_object_ids: readOnly("string"),
  },
  usual: ["amount", "closedate", "createdate", "dealname", "dealstage", "hs_lastmodifieddate", "hs_object_id", "pipeline"], // prettier-ignore
  unique: [externalId],
  searched: ["dealname", "description"],
  settle: (before, changes) => (before === null ? { pipeline: "default", ...changes } : changes),
  problems: (after) => strayStage("deals", after, ["pipeline", "dealstage"]),
  primaryCompany: "hs_primary_associated_company",
  derived: {
    hs_is_closed: (properties) => closed(properties, null),
    hs_is_closed_won: (properties) => closed(properties, "1.0"),
    hs_is_closed_lost: (properties) => closed(properties, "0.0"),
  },
};
