import { company } from "../companies.ts";
import { bystanders, flaws as knownFlaws, sharedEmail } from "../flaws.ts";
import { person } from "../people.ts";
import { CURRENCIES } from "./fields.ts";
import { account } from "./objects/account.ts";
import { stages } from "./objects/opportunity.ts";
import { statuses } from "./objects/order.ts";
import type { Organisation, Row } from "./organisation.ts";
import type { Values } from "./rules.ts";

const DAY = 86_400_000;
const STAGES = Object.keys(stages);
const THINGS = ["Shop fitting", "Yearly supply", "Refurbishment", "Delivery contract", "Training", "Stand at the fair"]; // prettier-ignore
const TRADES: Record<string, string> = { Bakery: "Food & Beverage", Catering: "Food & Beverage", Logistics: "Transportation", Dental: "Healthcare", Optics: "Healthcare", Textiles: "Apparel", Consulting: "Consulting", Gardens: "Agriculture", Timber: "Manufacturing", Printing: "Manufacturing" }; // prettier-ignore
const MONEY: Record<string, string> = { Germany: "EUR", France: "EUR", Spain: "EUR", Italy: "EUR", "United Kingdom": "GBP", Sweden: "SEK", Japan: "JPY" }; // prettier-ignore

const FIRST = Date.parse("2025-02-10T09:15:00Z");
const LATEST = Date.parse("2026-10-30T12:00:00Z");

/** When the n-th record of an object was made: every eight days, and then all in a row. */
export function madeAt(n: number): number {
  const at = FIRST + n * (8 * DAY + 3_917_000);
  return at < LATEST ? at : LATEST + n * 1000;
}

export function accountValues(n: number, withFlaws: boolean): Values {
  const one = company(n);
  const { first } = one;
  const values: Values = {
    Name: one.name,
    Website: one.website,
    Phone: one.phone,
    Industry: TRADES[one.trade] ?? "Retail",
    NumberOfEmployees: one.employees,
    AnnualRevenue: one.revenue,
    Type: n % 4 === 0 ? "Prospect" : "Customer - Direct",
    BillingStreet: first.street,
    BillingCity: first.city,
    BillingState: first.region,
    BillingPostalCode: first.postalCode,
    BillingCountry: first.country,
    CurrencyIsoCode: currencyOf(first.country),
    ...(n % 3 === 0 && { External_Id__c: `ERP-${String(10_000 + n)}` }),
  };
  if (withFlaws && n === 11) values["Website"] = "willow dot example";
  if (withFlaws && n === 17) values["Name"] = "Café Zoë & Söhne 🌸";
  // Two accounts with one number in the books: an upsert by it finds both.
  if (withFlaws && n === 23) values["External_Id__c"] = "ERP-10021";
  return values;
}

/** Three in four are people whom other tools know too; the others come after those. */
export function contactValues(n: number, withFlaws: boolean, organisation: Organisation): Values {
  const one = person(n % 4 === 3 ? 900 + n : n);
  const special = withFlaws && n % 4 === 1 ? specials[Math.floor(n / 4)] : undefined;
  const [employer] = organisation.holders(account, "Name", one.company);
  const values: Values = {
    FirstName: one.first,
    LastName: one.last,
    Email: one.email,
    Phone: one.phone,
    MobilePhone: one.mobile,
    Title: one.title,
    Website__c: one.website,
    Language__c: one.language,
    MailingStreet: one.street,
    MailingCity: one.city,
    MailingState: one.region,
    MailingPostalCode: one.postalCode,
    MailingCountry: one.country,
    CurrencyIsoCode: currencyOf(one.country),
    AccountId: employer?.Id ?? null,
    HasOptedOutOfEmail: n % 9 === 5,
    ...(n % 5 === 0 && { External_Id__c: `CUST-${String(4000 + n)}` }),
    ...(n % 2 === 0 && { Customer_Number__c: `K${String(70_000 + n)}` }),
    ...special,
  };
  // Somebody else at the address of another, and one number of the shop given twice.
  if (withFlaws && n === 30) values["Email"] = person(12).email;
  if (withFlaws && n === 35) values["External_Id__c"] = "CUST-4020";
  return values;
}

/** The people with something wrong whom other tools know too, in this tool's fields. */
const NAMES: Record<string, string> = { firstname: "FirstName", lastname: "LastName", email: "Email", phone: "Phone", address: "MailingStreet", city: "MailingCity", state: "MailingState", zip: "MailingPostalCode", country: "MailingCountry" }; // prettier-ignore
const specials: readonly Values[] = [
  ...bystanders,
  sharedEmail.properties,
  // An address with two dots would not have been let in here.
  ...knownFlaws.filter(({ key }) => key !== "email_typo").map(({ properties }) => properties),
].map((properties) =>
  Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      NAMES[name] ?? name,
      typeof value === "string" ? value.trim() : value,
    ]),
  ),
);

export function opportunityValues(
  n: number,
  person: Row | undefined,
  firm: Row | undefined,
): Values {
  const stage = STAGES[(n * 3) % STAGES.length] ?? "Prospecting";
  const after = stages[stage]?.closed === true ? 20 : 90;
  return {
    Name: `${THINGS[n % THINGS.length] ?? ""} for ${String(person?.["Name"] ?? "a new customer")}`,
    StageName: stage,
    // Some have no amount yet.
    Amount: n % 11 === 7 ? null : (25_000 + ((n * 13_750) % 900_000) + (n % 4) * 25) / 100,
    CloseDate: dayAt(madeAt(n) + after * DAY),
    Type: n % 3 === 0 ? "Existing Customer - Upgrade" : "New Customer",
    ContactId: person?.Id ?? null,
    ...ofCompany(person, firm),
  };
}

const STATUSES = ["Activated", "Draft", "Draft", "Shipped", "Cancelled", "Pending"];

export function orderValues(n: number, person: Row | undefined, firm: Row | undefined): Values {
  const status = STATUSES[n % STATUSES.length] ?? "Draft";
  const total = (1_900 + ((n * 3_310) % 48_000)) / 100;
  const hasProducts = statuses[status] === "Activated";
  return {
    BillToContactId: person?.Id ?? null,
    Status: status,
    EffectiveDate: dayAt(madeAt(n)),
    PoNumber: `PO-${String(1042 + n)}`,
    OrderReferenceNumber: `SHOP-${String(880_001 + n)}`,
    TotalAmount: hasProducts ? total : 0,
    Imported_Total__c: hasProducts ? null : total,
    ...ofCompany(person, firm),
  };
}

/** The company somebody works for, or one of them, with its currency. */
const ofCompany = (person: Row | undefined, firm: Row | undefined): Values => ({
  AccountId: person?.["AccountId"] ?? firm?.Id ?? null,
  CurrencyIsoCode: firm?.["CurrencyIsoCode"] ?? CURRENCIES[0],
});

const dayAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const currencyOf = (country: string): string => MONEY[country] ?? CURRENCIES[0];
