import {
  address,
  choice,
  date,
  externalId,
  longText,
  money,
  readOnly,
  reference,
  required,
  restricted,
  sobject,
  text,
} from "../fields.ts";

/** Each status belongs to one of two kinds; those of the second stand only on orders with products. */
export const statuses: Record<string, "Draft" | "Activated"> = {
  Draft: "Draft",
  Pending: "Draft",
  Cancelled: "Draft",
  Activated: "Activated",
  Shipped: "Activated",
};

/**
 * An order. Its total is the sum of its products, which this simulated organisation keeps no objects
 * for, so that nobody can write it; Imported_Total__c is what integrations write.
 */
export const order = sobject(["Order", "Order", "Orders", "801"], {
  AccountId: required(reference("Account ID", "Account", "Account")),
  OpportunityId: reference("Opportunity ID", "Opportunity", "Opportunity"),
  BillToContactId: reference("Bill To Contact ID", "Contact", "BillToContact"),
  ShipToContactId: reference("Ship To Contact ID", "Contact", "ShipToContact"),
  OrderNumber: readOnly(text("Order Number", 30)),
  Name: text("Order Name", 80),
  PoNumber: text("PO Number", 80),
  OrderReferenceNumber: text("Order Reference Number", 80),
  EffectiveDate: required(date("Order Start Date")),
  EndDate: date("Order End Date"),
  Status: required(restricted("Status", Object.keys(statuses))),
  StatusCode: readOnly(restricted("Status Category", ["Draft", "Activated"])),
  Type: choice("Order Type", ["New", "Repeat"]),
  Description: longText("Description"),
  TotalAmount: readOnly(money("Order Amount")),
  Imported_Total__c: money("Imported Total"),
  ...address("Billing"),
  ...address("Shipping"),
  External_Id__c: externalId("External Id", false),
});
