/** A field as the base is laid out with. Type names are those of Airtable's field model. */
export type FieldSpec =
  | { type: "singleLineText" | "multilineText" | "email" | "phoneNumber" | "url" }
  | { type: "number"; precision: number }
  | { type: "currency"; symbol: string }
  | { type: "checkbox" | "date" | "dateTime" | "singleCollaborator" }
  | { type: "singleSelect" | "multipleSelects"; choices: readonly string[] }
  | { type: "multipleRecordLinks"; table: string; inverse: string; single: boolean }
  | { type: "createdTime" | "lastModifiedTime" }
  | { type: "formula"; formula: string; result: "singleLineText" | "number" };

export type TableSpec = {
  name: string;
  fields: Record<string, FieldSpec>;
  /** Name → formula that a record has to meet to be in the view; null for all of them. */
  views: Record<string, string | null>;
};

const text: FieldSpec = { type: "singleLineText" };
const long: FieldSpec = { type: "multilineText" };
const email: FieldSpec = { type: "email" };
const phone: FieldSpec = { type: "phoneNumber" };
const url: FieldSpec = { type: "url" };
const date: FieldSpec = { type: "date" };
const dateTime: FieldSpec = { type: "dateTime" };
const money: FieldSpec = { type: "currency", symbol: "€" };
const checkbox: FieldSpec = { type: "checkbox" };
const person: FieldSpec = { type: "singleCollaborator" };
const whole: FieldSpec = { type: "number", precision: 0 };
const one = (...choices: string[]): FieldSpec => ({ type: "singleSelect", choices });
const linked = (table: string, inverse: string, single = false): FieldSpec => ({
  type: "multipleRecordLinks",
  table,
  inverse,
  single,
});
const currency = one("EUR", "USD", "GBP", "SEK", "PLN", "JPY");
const ends: Record<string, FieldSpec> = {
  Created: { type: "createdTime" },
  "Last modified": { type: "lastModifiedTime" },
};
const address: Record<string, FieldSpec> = {
  Street: text,
  "Street 2": text,
  City: text,
  Region: text,
  Postcode: text,
  Country: text,
};
const everything = { "Grid view": null };

/** One table for each kind of record a business has, so that the base can be its hub. */
export const tableSpecs: readonly TableSpec[] = [
  {
    name: "Customers",
    fields: {
      Name: text,
      "External Id": text,
      "First name": text,
      "Last name": text,
      "Full name": { type: "formula", formula: 'TRIM({First name} & " " & {Last name})', result: "singleLineText" }, // prettier-ignore
      "Company name": text,
      Email: email,
      Phone: phone,
      Mobile: phone,
      Website: url,
      ...address,
      Currency: currency,
      Language: text,
      Subscription: one("Subscribed", "Unsubscribed", "Never asked"),
      Tags: { type: "multipleSelects", choices: ["VIP", "Wholesale", "Newsletter", "Late payer"] },
      Active: checkbox,
      Notes: long,
      Company: linked("Companies", "Customers", true),
      Deals: linked("Deals", "Customer"),
      Orders: linked("Orders", "Customer"),
      Invoices: linked("Invoices", "Customer"),
      Projects: linked("Projects", "Customer"),
      ...ends,
    },
    views: { ...everything, Subscribed: "{Subscription} = 'Subscribed'" },
  },
  {
    name: "Companies",
    fields: {
      Name: text,
      "External Id": text,
      Domain: text,
      Website: url,
      Phone: phone,
      Email: email,
      ...address,
      Industry: one("Food", "Logistics", "Health", "Crafts", "Services", "Retail"),
      Employees: whole,
      Currency: currency,
      Notes: long,
      Customers: linked("Customers", "Company"),
      Deals: linked("Deals", "Company"),
      Orders: linked("Orders", "Company"),
      Invoices: linked("Invoices", "Company"),
      Projects: linked("Projects", "Company"),
      ...ends,
    },
    views: everything,
  },
  {
    name: "Deals",
    fields: {
      Title: text,
      "External Id": text,
      Amount: money,
      Currency: currency,
      Stage: one("Open", "Won", "Lost"),
      "Pipeline stage": one("Lead", "Qualified", "Proposal", "Negotiation", "Closed"),
      "Close date": date,
      Owner: person,
      Notes: long,
      Customer: linked("Customers", "Deals", true),
      Company: linked("Companies", "Deals", true),
      ...ends,
    },
    views: { ...everything, Open: "{Stage} = 'Open'" },
  },
  {
    name: "Orders",
    fields: {
      Number: text,
      "External Id": text,
      Status: one("Draft", "Open", "Fulfilled", "Cancelled"),
      Date: date,
      Total: money,
      Currency: currency,
      Notes: long,
      Customer: linked("Customers", "Orders", true),
      Company: linked("Companies", "Orders", true),
      ...ends,
    },
    views: everything,
  },
  {
    name: "Invoices",
    fields: {
      Number: text,
      "External Id": text,
      Date: date,
      "Due date": date,
      Currency: currency,
      Status: one("Draft", "Open", "Paid", "Void"),
      Total: money,
      Balance: money,
      Paid: { type: "formula", formula: "{Total} - {Balance}", result: "number" },
      /** JSON: a list of description, quantity, unit_price, amount. */
      Lines: long,
      Notes: long,
      Customer: linked("Customers", "Invoices", true),
      Company: linked("Companies", "Invoices", true),
      ...ends,
    },
    views: everything,
  },
  {
    name: "Projects",
    fields: {
      Name: text,
      "External Id": text,
      Description: long,
      Status: one("Open", "On hold", "Done"),
      "Start date": date,
      "Due date": date,
      Customer: linked("Customers", "Projects", true),
      Company: linked("Companies", "Projects", true),
      Tasks: linked("Tasks", "Project"),
      Files: linked("Files", "Project"),
      ...ends,
    },
    views: everything,
  },
  {
    name: "Tasks",
    fields: {
      Title: text,
      "External Id": text,
      Notes: long,
      Status: one("Open", "Done"),
      Done: checkbox,
      "Due date": date,
      "Assignee email": email,
      Project: linked("Projects", "Tasks", true),
      ...ends,
    },
    views: everything,
  },
  {
    name: "Files",
    fields: {
      Name: text,
      "External Id": text,
      Path: text,
      Kind: one("File", "Folder"),
      Size: whole,
      "Mime type": text,
      Hash: text,
      Link: url,
      "Modified at": dateTime,
      Project: linked("Projects", "Files", true),
      ...ends,
    },
    views: everything,
  },
];
