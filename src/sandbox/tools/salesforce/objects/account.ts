import {
  address,
  choice,
  externalId,
  indexed,
  longText,
  money,
  phone,
  readOnly,
  reference,
  required,
  sobject,
  text,
  url,
  whole,
} from "../fields.ts";

/** A company. */
export const account = sobject(["Account", "Account", "Accounts", "001"], {
  MasterRecordId: readOnly(reference("Master Record ID", "Account", "MasterRecord")),
  Name: required(indexed(text("Account Name", 255))),
  Type: choice("Account Type", ["Prospect", "Customer - Direct", "Customer - Channel", "Partner", "Other"]), // prettier-ignore
  ParentId: reference("Parent Account ID", "Account", "Parent"),
  ...address("Billing"),
  ...address("Shipping"),
  Phone: phone("Account Phone"),
  Fax: phone("Account Fax"),
  AccountNumber: text("Account Number", 40),
  Website: url("Website"),
  Industry: choice("Industry", ["Agriculture", "Apparel", "Consulting", "Education", "Food & Beverage", "Healthcare", "Manufacturing", "Retail", "Transportation", "Other"]), // prettier-ignore
  AnnualRevenue: money("Annual Revenue"),
  NumberOfEmployees: whole("Employees"),
  Description: longText("Account Description"),
  External_Id__c: externalId("External Id", false),
});
