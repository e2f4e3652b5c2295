import { ownerIds } from "../owners.ts";
import { currencies } from "../account.ts";
import { pipelineIds, stageIds, strayStage } from "../pipelines.ts";
import { datetime, number, option, readOnly, text } from "../records/property-kinds.ts";
import { externalId, type ObjectType, plain } from "./object-type.ts";

const [pipeline = ""] = pipelineIds("orders");
const [open = ""] = stageIds("orders");

/**
 * Source of the names: HubSpot's guide to the orders interface and public integrations that use
 * it. Unverified are hs_external_created_date, hs_tax, hs_order_note, and that the status
 * properties take any text.
 */
export const orders: ObjectType = {
  ...plain,
  name: "orders",
  typeId: "0-123",
  singular: "order",
  firstId: 40_001,
  created: "hs_createdate",
  modified: "hs_lastmodifieddate",
  properties: {
    hs_order_name: text,
    hs_external_order_id: text,
    hs_external_order_status: text,
    hs_external_order_url: text,
    hs_external_created_date: datetime,
    hs_source_store: text,
    hs_currency_code: option(...currencies),
    hs_subtotal_price: number,
    hs_tax: number,
    hs_total_price: number,
    hs_payment_status: text,
    hs_fulfillment_status: text,
    hs_pipeline: option(...pipelineIds("orders")),
    hs_pipeline_stage: option(...stageIds("orders")),
    hs_order_note: text,
    hs_billing_address_firstname: text,
    hs_billing_address_lastname: text,
    hs_billing_address_email: text,
    hs_billing_address_phone: text,
    hs_billing_address_street: text,
    hs_billing_address_city: text,
    hs_billing_address_state: text,
    hs_billing_address_postal_code: text,
    hs_billing_address_country: text,
    hs_shipping_address_street: text,
    hs_shipping_address_city: text,
    hs_shipping_address_state: text,
    hs_shipping_address_postal_code: text,
    hs_shipping_address_country: text,
    hs_shipping_tracking_number: text,
    hubspot_owner_id: option(...ownerIds),
    external_id: text,
    hs_createdate: readOnly("datetime"),
    hs_lastmodifieddate: readOnly("datetime"),
    hs_object_id: readOnly("number"),
    hs_merged_object_ids: readOnly("string"),
  },
  usual: ["hs_createdate", "hs_lastmodifieddate", "hs_object_id", "hs_order_name"],
  unique: [externalId],
  searched: ["hs_order_name", "hs_external_order_id", "hs_billing_address_email"],
  settle: (before, changes) =>
    before === null ? { hs_pipeline: pipeline, hs_pipeline_stage: open, ...changes } : changes,
  problems: (after) => strayStage("orders", after, ["hs_pipeline", "hs_pipeline_stage"]),
};
