import type { Records as RecordsPage } from "../records-page.ts";
import { saveRecord } from "./edit.ts";
import type { ErrorBody, Problem } from "./errors.ts";
import type { ObjectName, Properties } from "./objects/object-type.ts";
import { stageOf } from "./pipelines.ts";
import type { Records } from "./records/records.ts";

type Look = {
  columns: Record<string, (properties: Properties) => string | undefined>;
  /** What may be edited, by property. */
  fields: Record<string, string>;
};

const place = {
  City: ({ city }: Properties) => city,
  Country: ({ country }: Properties) => country,
};
const address = {
  address: "Street",
  city: "City",
  state: "Region",
  zip: "Postal code",
  country: "Country",
};

const looks: Record<ObjectName, Look> = {
  contacts: {
    columns: {
      Name: ({ firstname, lastname }) => `${firstname ?? ""} ${lastname ?? ""}`,
      "E-mail": ({ email }) => email,
      Phone: ({ phone }) => phone,
      Company: ({ company }) => company,
      ...place,
    },
    fields: {
      firstname: "First name",
      lastname: "Last name",
      email: "E-mail",
      phone: "Phone",
      company: "Company",
      ...address,
    },
  },
  companies: {
    columns: {
      Name: ({ name }) => name,
      Domain: ({ domain }) => domain,
      Phone: ({ phone }) => phone,
      Industry: ({ industry }) => industry,
      ...place,
    },
    fields: { name: "Name", domain: "Domain", website: "Website", phone: "Phone", ...address },
  },
  deals: {
    columns: {
      Name: ({ dealname }) => dealname,
      Amount: ({ amount }) => amount,
      Currency: ({ deal_currency_code }) => deal_currency_code,
      Stage: ({ dealstage }) => stageOf("deals", dealstage)?.label,
      Closes: ({ closedate }) => closedate?.slice(0, 10),
    },
    fields: { dealname: "Name", amount: "Amount", deal_currency_code: "Currency", dealstage: "Stage", closedate: "Closes" }, // prettier-ignore
  },
  orders: {
    columns: {
      Name: ({ hs_order_name }) => hs_order_name,
      Total: ({ hs_total_price }) => hs_total_price,
      Currency: ({ hs_currency_code }) => hs_currency_code,
      Fulfilment: ({ hs_fulfillment_status }) => hs_fulfillment_status,
      Placed: ({ hs_external_created_date }) => hs_external_created_date?.slice(0, 10),
    },
    fields: { hs_order_name: "Name", hs_total_price: "Total", hs_currency_code: "Currency", hs_fulfillment_status: "Fulfilment" }, // prettier-ignore
  },
};

/** How a person sees the records of one object. */
export function recordsPage(records: Records): RecordsPage {
  const { name } = records.type;
  const { columns, fields } = looks[name];
  return {
    tool: "HubSpot",
    object: name,
    noun: name,
    columns: [...Object.keys(columns), "Changed"],
    rows: () =>
      [...records.all()]
        .sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))
        .map(({ id, properties, updatedAt, archivedAt }) => ({
          id,
          faded: archivedAt !== null,
          cells: [
            ...Object.values(columns).map((cell) => cell(properties) ?? ""),
            updatedAt.slice(0, 16).replace("T", " "),
          ],
        })),
    fields(id) {
      const record = records.get(id);
      if (record === undefined) return undefined;
      return Object.entries(fields).map(([name, label]) => ({
        name,
        label,
        value: record.properties[name] ?? "",
      }));
    },
    save: (id, values) => saveRecord(records, id, values),
    reason({ answer }) {
      const { message } = JSON.parse(answer.body.toString()) as ErrorBody;
      const listed = /^Property values were not valid: (\[.*\])$/s.exec(message)?.[1];
      if (listed === undefined) return message;
      return (JSON.parse(listed) as Problem[]).map((problem) => problem.message).join(". ");
    },
  };
}
