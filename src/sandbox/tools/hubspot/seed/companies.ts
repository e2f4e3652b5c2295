import { person, type Person } from "../../people.ts";
import type { Values } from "../objects/object-type.ts";
import type { Maker } from "./made.ts";

/** Made-up people who are the first of their company, in order; there are 224 companies in all. */
const founders: Person[] = [];
const names = new Set<string>();
let looked = 0;

function founder(n: number): Person {
  const wanted = n % 224;
  while (founders.length <= wanted) {
    const one = person(looked);
    looked += 1;
    if (names.has(one.company)) continue;
    names.add(one.company);
    founders.push(one);
  }
  return founders[wanted] ?? person(0);
}

const INDUSTRIES: Record<string, string> = {
  Bakery: "FOOD_BEVERAGES",
  Catering: "FOOD_BEVERAGES",
  Logistics: "LOGISTICS_AND_SUPPLY_CHAIN",
  Dental: "MEDICAL_PRACTICE",
  Optics: "MEDICAL_PRACTICE",
  Studio: "DESIGN",
  Textiles: "TEXTILES",
  Consulting: "MANAGEMENT_CONSULTING",
  Printing: "PRINTING",
  Cycles: "SPORTING_GOODS",
  Legal: "LAW_PRACTICE",
};

function companyValues(n: number): Values {
  const one = founder(n);
  const again = n < 224 ? "" : ` ${String(Math.floor(n / 224) + 1)}`;
  const domain = `${one.company.toLowerCase().replaceAll(" ", "-")}${again.trim()}.example`;
  const trade = one.company.split(" ").at(-1) ?? "";
  return {
    name: one.company + again,
    domain,
    website: `https://www.${domain}`,
    phone: one.phone,
    address: one.street,
    city: one.city,
    state: one.region,
    zip: one.postalCode,
    country: one.country,
    industry: INDUSTRIES[trade] ?? "RETAIL",
    numberofemployees: String(2 + ((n * 13) % 180)),
    annualrevenue: String(90_000 + ((n * 47_000) % 3_900_000)),
    lifecyclestage: n % 4 === 0 ? "lead" : "customer",
    // Only some came from elsewhere.
    ...(n % 3 === 0 && { external_id: `ERP-${String(10_000 + n)}` }),
  };
}

export const companies: Maker = {
  make: (n) => ({ values: companyValues(n), to: [] }),
  flaws: {
    // The domain of one before it: it is not unique.
    9: { values: { domain: companyValues(8)["domain"] ?? null } },
    14: { values: { domain: null, website: "willow dot example" } },
    19: { values: { name: "  Café Zoë & Söhne 🌸 " } },
    24: { values: { phone: "ask for Rosa" } },
    29: { values: { country: "Holland", website: "www.example.com" } },
  },
};
