import { type Place, places } from "./places.ts";

/** A made-up person, complete and with nothing wrong. Some have no phone, mobile or website. */
export type Person = {
  first: string;
  last: string;
  email: string;
  phone: string | null;
  mobile: string | null;
  company: string;
  title: string;
  website: string | null;
  street: string;
  city: string;
  region: string;
  postalCode: string;
  country: string;
  language: string;
};

const STYLES = ["Northlight", "Harbour", "Copper", "Willow", "Granite", "Bluebell", "Summit", "Lantern", "Juniper", "Redwood", "Silverline", "Orchard", "Beacon", "Driftwood", "Clover", "Falcon"]; // prettier-ignore
const TRADES = ["Bakery", "Logistics", "Dental", "Studio", "Plumbing", "Textiles", "Consulting", "Gardens", "Printing", "Optics", "Catering", "Cycles", "Legal", "Timber"]; // prettier-ignore
const TITLES = ["Owner", "Office manager", "Buyer", "Head of operations", "Accountant", "Director", "Workshop lead", "Sales manager"]; // prettier-ignore
const MIDDLE = "ABCDEFGHJKLMNOPRSTUVWY";

/**
 * The n-th person (from 0): always the same one, and no two of them share a name or an e-mail.
 * The first ones have a first and a last name, later ones a middle initial, later still a number.
 */
export function person(n: number): Person {
  const place = places[n % places.length] as Place;
  const pick = picker(n);
  const { first, last } = nameOf(place, Math.floor(n / places.length));
  const company = `${pick(STYLES)} ${pick(TRADES)}`;
  const site = slug(company).replaceAll(".", "-");
  const [city, region, postalCode] = pick(place.cities);
  const domain = pick([`${site}.example`, `${site}.example`, "example.com", "example.org", "example.net"]); // prettier-ignore
  return {
    first,
    last,
    email: `${slug(`${first} ${last}`)}@${domain}`,
    phone: pick([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) === 0 ? null : digits(place.phone, pick),
    mobile: pick([0, 1, 2, 3]) === 0 ? digits(place.phone, pick) : null,
    company,
    title: pick(TITLES),
    website: pick([0, 1]) === 0 ? `https://${site}.example` : null,
    street: streetLine(place, pick),
    city,
    region,
    postalCode,
    country: place.country,
    language: place.language,
  };
}

function nameOf({ firsts, lasts }: Place, n: number): { first: string; last: string } {
  const pairs = firsts.length * lasts.length;
  const round = Math.floor(n / pairs);
  const within = n % pairs;
  const at = within % firsts.length;
  const first = firsts[at] as string;
  const last = lasts[(Math.floor(within / firsts.length) + at * 5) % lasts.length] as string;
  if (round === 0) return { first, last };
  const initial = MIDDLE[(round - 1) % MIDDLE.length] as string;
  const again = Math.floor((round - 1) / MIDDLE.length);
  return {
    first: `${first} ${initial}.`,
    last: again === 0 ? last : `${last} ${String(again + 1)}`,
  };
}

type Pick = <Item>(items: Item[]) => Item;

const streetLine = ({ streets, language }: Place, pick: Pick) => {
  const number = String(1 + pick([...Array(120).keys()]));
  const street = pick(streets);
  return ["en", "fr", "ja"].includes(language) ? `${number} ${street}` : `${street} ${number}`;
};

const digits = (pattern: string, pick: Pick) =>
  pattern.replaceAll("#", () => String(pick([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])));

const UNMARKED: Record<string, string> = { ß: "ss", ł: "l", ø: "o", æ: "ae", đ: "d" };

/** Letters without marks, lower case, joined by dots. */
function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[ßłøæđ]/g, (letter) => UNMARKED[letter] ?? letter)
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, ".")
    .replace(/^\.|\.$/g, "");
}

/** Choices that depend on n alone (mulberry32). */
function picker(n: number): Pick {
  let state = Math.imul(n + 1, 0x9e3779b1) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return <Item>(items: Item[]) => items[Math.floor(next() * items.length)] as Item;
}
