import type { End } from "../associations/associations.ts";
import { owners } from "../owners.ts";
import { type Pipeline, pipelines, type Stage } from "../pipelines.ts";
import type { Portal } from "../portal.ts";
import { createdAt, DAY, iso, type Maker, nth, turn } from "./made.ts";

const SUBJECTS = ["Shop fitting", "Office move", "Annual supply", "Delivery contract", "Refurbishment", "Stand at the fair"]; // prettier-ignore
const CURRENCIES = ["EUR", "EUR", "USD", "GBP", "EUR", "SEK", "JPY"];
const SPREAD = 60;

export const deals: Maker = {
  make(n, portal) {
    const pipeline = turn(pipelines.deals ?? [], n % 6 === 5 ? 1 : 0);
    const currency = turn(CURRENCIES, n);
    const contact = nth(portal, "contacts", n * 7);
    const company = employerOf(portal, contact) ?? nth(portal, "companies", n);
    return {
      values: {
        dealname: `${turn(SUBJECTS, n)} for ${nameOf(portal, company)}`,
        amount: amountIn(currency, 25_000 + ((n * 13_750) % 900_000) + (n % 4) * 25),
        deal_currency_code: currency,
        dealtype: turn(["existingbusiness", "newbusiness", "newbusiness"], n),
        hubspot_owner_id: turn(owners, n).id,
        ...standing(n, pipeline, turn(pipeline.stages, n)),
      },
      to: [...contact, ...company],
    };
  },
  flaws: {
    8: { values: { amount: null } },
    12: { values: { closedate: null, deal_currency_code: null } },
    17: { values: { dealname: " <b>Big</b> order 🎉 " } },
    23: { values: { dealname: "Belongs to nobody" }, loose: true },
    28: { values: { amount: "0" } },
    33: { values: { amount: "123456789012345.67" } },
  },
};

function standing(n: number, pipeline: Pipeline, { id, label, metadata }: Stage) {
  const closed = metadata["isClosed"] === "true";
  return {
    pipeline: pipeline.id,
    dealstage: id,
    closedate: iso(createdAt(n % SPREAD, SPREAD) + (closed ? 20 : 90) * DAY),
    ...(label === "Closed Lost" && { closed_lost_reason: "Too expensive" }),
  };
}

/** Some currencies have no cents. */
const amountIn = (currency: string, cents: number): string =>
  currency === "JPY" ? String(cents) : (cents / 100).toFixed(2);

function employerOf(portal: Portal, contact: End[]): End[] | null {
  const [first] = contact.flatMap((end) => portal.associations.of(end, "companies"));
  return first === undefined ? null : [first.to];
}

const nameOf = (portal: Portal, company: End[]): string => {
  const [record] = company.map(({ id }) => portal.records("companies").get(id));
  return record?.properties["name"]?.trim() ?? "a new customer";
};
