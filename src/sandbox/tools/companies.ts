import { person, type Person } from "./people.ts";

/** A made-up company, with nothing wrong. Some have no phone. */
type Company = {
  name: string;
  domain: string;
  website: string;
  phone: string | null;
  /** What it does: Bakery, Logistics. */
  trade: string;
  employees: number;
  revenue: number;
  /** Who was the first of it to be known; it stands where they live. */
  first: Person;
};

const DIFFERENT = 224;
const founders: Person[] = [];
const names = new Set<string>();
let looked = 0;

/** The n-th company (from 0) among those the made-up people work for, as `person(n).company` names it. */
export function company(n: number): Company {
  const first = founder(n % DIFFERENT);
  const again = n < DIFFERENT ? "" : ` ${String(Math.floor(n / DIFFERENT) + 1)}`;
  const domain = `${first.company.toLowerCase().replaceAll(" ", "-")}${again.trim()}.example`;
  return {
    name: first.company + again,
    domain,
    website: `https://www.${domain}`,
    phone: first.phone,
    trade: first.company.split(" ").at(-1) ?? "",
    employees: 2 + ((n * 13) % 180),
    revenue: 90_000 + ((n * 47_000) % 3_900_000),
    first,
  };
}

function founder(n: number): Person {
  while (founders.length <= n) {
    const one = person(looked);
    looked += 1;
    if (names.has(one.company)) continue;
    names.add(one.company);
    founders.push(one);
  }
  return founders[n] ?? person(0);
}
