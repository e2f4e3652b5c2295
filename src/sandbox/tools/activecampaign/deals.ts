import { type Answer, json, type Request, type Route } from "../http.ts";
import { enveloped, idIn, type JsonObject, textIn, wholeIn } from "./body.ts";
import type { Crm, Deal } from "./crm.ts";
import { dealFields } from "./custom-fields.ts";
import { ofOthers, valuesIn } from "./custom-values.ts";
import type { DealGiven, DealWriter } from "./deal-writer.ts";
import { invalid, notFound } from "./errors.ts";
import { includedIn, ordered, pageOf } from "./listing.ts";
import { type Links, shownContact, shownData, shownDeal, writtenDeal } from "./shown.ts";
import { dayIn } from "./time.ts";

const KNOWN = ["title", "description", "account", "contact", "value", "currency", "group", "stage", "owner", "percent", "status", "fields"]; // prettier-ignore
const LARGEST = 2_147_483_647;

/** `/deals`, whose values are whole cents. */
export function dealRoutes(crm: Crm, writer: DealWriter, at: Links): Route[] {
  const dataOf = ({ id }: Deal) =>
    crm.dealValues.by("owner", id).map((value) => shownData(value, "deal"));
  const written = (status: number, deal: Deal): Answer => {
    const contact = crm.contacts.get(deal.contact ?? "");
    const fields = crm.dealValues.by("owner", deal.id).map((value) => ({
      customFieldId: Number(value.field),
      fieldValue: value.value,
      ...(value.currency !== null && { fieldCurrency: value.currency }),
      dealId: deal.id,
    }));
    return json(status, {
      contacts: contact === undefined ? [] : [shownContact(contact, at)],
      deal: { ...writtenDeal(deal, at), fields },
    });
  };

  return [
    {
      method: "GET",
      path: "/deals",
      handle(request) {
        const all = wantedDeals(request, crm);
        const page = pageOf(request, all);
        const withData = includedIn(request).includes("dealCustomFieldData");
        return json(200, {
          ...(withData && { dealCustomFieldData: page.flatMap(dataOf) }),
          deals: page.map((deal) => ({
            ...shownDeal(deal, at),
            ...(withData && { dealCustomFieldData: dataOf(deal).map(({ id }) => id) }),
          })),
          // A number here, where other lists have a text.
          meta: { currencies: sums(all), total: all.length },
        });
      },
    },
    {
      method: "POST",
      path: "/deals",
      handle: (request) => written(201, writer.create(dealIn(request), "api")),
    },
    {
      method: "GET",
      path: "/deals/:id",
      handle(request) {
        const deal = dealAt(crm, request);
        // As with accounts: unverified.
        const withData = includedIn(request).includes("dealCustomFieldData");
        return json(200, {
          ...(withData && { dealCustomFieldData: dataOf(deal) }),
          deal: shownDeal(deal, at),
        });
      },
    },
    {
      method: "PUT",
      path: "/deals/:id",
      handle: (request) =>
        written(200, writer.update(dealAt(crm, request), dealIn(request), "api")),
    },
    {
      method: "DELETE",
      path: "/deals/:id",
      handle(request) {
        writer.remove(dealAt(crm, request));
        return json(200, {});
      },
    },
    {
      method: "GET",
      path: "/deals/:id/dealCustomFieldData",
      handle: (request) => json(200, { dealCustomFieldData: dataOf(dealAt(crm, request)) }),
    },
  ];
}

function dealAt(crm: Crm, request: Request): Deal {
  const id = request.params["id"] ?? "";
  const deal = crm.deals.get(id);
  if (deal === undefined) throw notFound("Deal", id);
  return deal;
}

const dealIn = (request: Request): DealGiven => dealFrom(enveloped(request, "deal", KNOWN));

export function dealFrom(record: JsonObject): DealGiven {
  const given: [string, unknown][] = [
    ["title", textIn(record, "title")],
    ["description", textIn(record, "description")],
    ["currency", textIn(record, "currency")],
    ...["account", "contact", "group", "stage", "owner"].map((name): [string, unknown] => [
      name,
      record[name] === null && ["account", "contact"].includes(name) ? null : idIn(record, name),
    ]),
    ["value", wholeIn(record, "value", LARGEST)],
    ["percent", wholeIn(record, "percent", 100)],
    ["status", wholeIn(record, "status", 2)],
  ];
  if (record["value"] === null) throw invalid("value");
  return {
    ...(Object.fromEntries(given.filter(([, value]) => value !== undefined)) as Partial<Deal>),
    values: valuesIn(record, ofOthers, dealFields),
  };
}

type Test = (deal: Deal) => boolean;

/** Filters go by whole days; "after" includes the day itself, unlike with contacts. */
function wantedDeals(request: Request, crm: Crm): Deal[] {
  const filter = (name: string, test: (deal: Deal, wanted: string) => boolean): Test[] => {
    const wanted = request.query.get(`filters[${name}]`);
    return wanted === null || wanted === "" ? [] : [(deal) => test(deal, wanted)];
  };
  const day = (name: string, test: (deal: Deal, start: number) => boolean): Test[] =>
    filter(name, (deal, wanted) => test(deal, dayIn(wanted) ?? 0));
  const tests = [
    ...filter("title", ({ title }, wanted) => title === wanted),
    ...filter("search", ({ title }, wanted) => title.toLowerCase().includes(wanted.toLowerCase())),
    ...filter("stage", ({ stage }, wanted) => stage === wanted),
    ...filter("group", ({ group }, wanted) => group === wanted),
    ...filter("owner", ({ owner }, wanted) => owner === wanted),
    ...filter("status", ({ status }, wanted) => String(status) === wanted),
    ...day("created_after", ({ created }, start) => created >= start),
    ...day("created_before", ({ created }, start) => created < start),
    ...day("updated_after", ({ updated }, start) => updated >= start),
    ...day("updated_before", ({ updated }, start) => updated < start),
  ];
  const found = [...crm.deals.all()].filter((deal) => tests.every((test) => test(deal)));
  return ordered(request, found, {
    title: ({ title }) => title.toLowerCase(),
    value: ({ value }) => value,
    cdate: ({ created }) => created,
  });
}

/** What the deals come to in each currency, in cents. */
function sums(deals: readonly Deal[]): object {
  const totals = new Map<string, { total: number; value: number }>();
  for (const { currency, value } of deals) {
    const so = totals.get(currency.toUpperCase()) ?? { total: 0, value: 0 };
    totals.set(currency.toUpperCase(), { total: so.total + 1, value: so.value + value });
  }
  return Object.fromEntries(
    [...totals].map(([currency, { total, value }]) => [
      currency,
      { currency, total: String(total), value: String(value) },
    ]),
  );
}
