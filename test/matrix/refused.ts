import type { EntityName } from "#domain/entities/index.ts";
import type { Fields } from "#domain/fields.ts";

/** Airtable's fields hold up to 100,000 characters, and its select fields only the options they have. */
const tooLong = "x".repeat(100_001);
const noSuchOption: Fields = { currency: "CHF" };

/** By tool and entity: values that the tool itself refuses, so that a record with them is dead-lettered. */
export const refusedBy: Readonly<Record<string, Partial<Record<EntityName, Fields>>>> = {
  airtable: {
    customer: noSuchOption,
    company: noSuchOption,
    deal: noSuchOption,
    order: noSuchOption,
    invoice: noSuchOption,
    project: { notes: tooLong },
    task: { notes: tooLong },
    file: { name: tooLong },
  },
  asana: { task: { assignee_email: "nobody@elsewhere.example" } },
  // Of a company HubSpot refuses nothing that we can hold; of the others a currency that is not the portal's.
  hubspot: {
    customer: { email: "sample@-nowhere-.example" },
    deal: { currency: "ISK" },
    order: { currency: "ISK" },
  },
  monday: {
    customer: { name: "x".repeat(300) },
    company: { name: "x".repeat(300) },
    deal: { title: "x".repeat(300) },
    order: { number: "x".repeat(300) },
    invoice: { number: "x".repeat(300) },
    file: { name: "x".repeat(300) },
    project: { name: "x".repeat(300) },
    task: { title: "x".repeat(300) },
  },
  mailchimp: { customer: { email: "asdf@asdf.com" } },
  quickbooks: {
    customer: { name: "With\ta tab" },
    company: { name: "With\ta tab" },
    invoice: { number: "N".repeat(22) },
  },
  salesforce: {
    customer: { last_name: "x".repeat(81) },
    company: { name: "x".repeat(256) },
    deal: { amount: "-1" },
    order: { number: "x".repeat(81) },
  },
  // Of accounts it refuses nothing but a name that is taken, and those are found by it before.
  activecampaign: { customer: { email: "sample@nowhere.x1" }, deal: { amount: "-1" } },
};
