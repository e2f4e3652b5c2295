import type { Records } from "../records-page.ts";
import type { Data } from "./data-route.ts";
import { Trouble } from "./errors.ts";
import type { SObject } from "./fields.ts";
import { account } from "./objects/account.ts";
import { contact } from "./objects/contact.ts";
import { opportunity } from "./objects/opportunity.ts";
import { order } from "./objects/order.ts";
import type { Row } from "./organisation.ts";
import { parsed } from "./values.ts";

/** What a person sees of each object, and may change. */
const shown: readonly { object: SObject; columns: readonly string[]; form: readonly string[] }[] = [
  {
    object: contact,
    columns: ["Name", "Email", "Phone", "AccountId", "MailingCity", "MailingCountry"],
    form: ["FirstName", "LastName", "Email", "Phone", "Title", "MailingStreet", "MailingCity", "MailingPostalCode", "MailingCountry"], // prettier-ignore
  },
  {
    object: account,
    columns: ["Name", "Website", "Phone", "Industry", "BillingCity", "BillingCountry"],
    form: ["Name", "Website", "Phone", "Industry", "BillingStreet", "BillingCity", "BillingPostalCode", "BillingCountry"], // prettier-ignore
  },
  {
    object: opportunity,
    columns: ["Name", "StageName", "Amount", "CurrencyIsoCode", "CloseDate", "AccountId"],
    form: ["Name", "StageName", "Amount", "CurrencyIsoCode", "CloseDate", "NextStep"],
  },
  {
    object: order,
    columns: ["OrderNumber", "PoNumber", "Status", "TotalAmount", "EffectiveDate", "AccountId"],
    form: ["PoNumber", "Status", "EffectiveDate", "Description"],
  },
];

export const pagesOf = (data: Data): Records[] =>
  shown.map(({ object, columns, form }) => recordsOf(data, object, columns, form));

function recordsOf(
  data: Data,
  object: SObject,
  columns: readonly string[],
  form: readonly string[],
): Records {
  const { organisation, schema, writer } = data;
  const labelOf = (name: string) => schema.field(object, name)?.label ?? name;
  const cell = (row: Row, name: string): string => {
    const value = row[name] ?? "";
    if (name !== "AccountId") return String(value);
    return String(organisation.get(account, String(value))?.["Name"] ?? "");
  };
  return {
    tool: "Salesforce",
    object: object.name,
    noun: object.plural.toLowerCase(),
    columns: [...columns.map((name) => (name === "AccountId" ? "Account" : labelOf(name))), "Changed"], // prettier-ignore
    rows: () =>
      [...organisation.rows(object)]
        .sort((a, b) => (String(a["SystemModstamp"]) < String(b["SystemModstamp"]) ? 1 : -1))
        .map((row) => ({
          id: row.Id,
          faded: row["IsDeleted"] === true,
          cells: [
            ...columns.map((name) => cell(row, name)),
            String(row["SystemModstamp"]).slice(0, 16).replace("T", " "),
          ],
        })),
    fields(id) {
      const row = organisation.get(object, id);
      if (row === undefined) return undefined;
      return form.map((name) => ({
        name,
        label: labelOf(name),
        value: String(row[name] ?? ""),
      }));
    },
    save(id, typed) {
      const row = organisation.get(object, id);
      if (row === undefined) return;
      const given = Object.entries(typed).flatMap(([name, text]) => {
        const field = form.includes(name) ? schema.field(object, name) : undefined;
        return field === undefined ? [] : [[name, parsed(field, text === "" ? null : text)]];
      });
      writer.update(object, row, Object.fromEntries(given), { duplicatesAllowed: false });
    },
    reason: (refusal) =>
      refusal instanceof Trouble
        ? refusal.problems.map(({ message }) => message).join(" ")
        : refusal.message,
  };
}
