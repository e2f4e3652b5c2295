import type { Records } from "../records-page.ts";
import type { Crm, CustomValue } from "./crm.ts";
import { accountFields, contactFields, type CustomField } from "./custom-fields.ts";
import { edit } from "./edit.ts";
import { saidBy } from "./errors.ts";
import { stages } from "./pipelines.ts";
import type { Writers } from "./seed.ts";
import type { Table } from "./table.ts";

const STATUS = ["open", "won", "lost"];
const LABELS: Record<string, string> = { email: "E-mail", firstName: "First name", lastName: "Last name", phone: "Phone", name: "Name", accountUrl: "Website", title: "Title" }; // prettier-ignore

/** How a person sees contacts, accounts and deals. */
export function pagesOf(crm: Crm, writers: Writers): Records[] {
  const common = (object: string) => ({
    tool: "ActiveCampaign",
    object,
    noun: object,
    save: (id: string, values: Record<string, string>) => void edit(crm, writers, object, id, values), // prettier-ignore
    reason: saidBy,
  });
  const newest = <Item extends { updated: number }>(items: Iterable<Item>) =>
    [...items].sort((a, b) => b.updated - a.updated);
  const inputs = (record: object | undefined, names: readonly string[]) =>
    record === undefined
      ? undefined
      : names.map((name) => ({
          name,
          label: LABELS[name] ?? name,
          value: String((record as Record<string, string>)[name] ?? ""),
        }));

  return [
    {
      ...common("contacts"),
      columns: ["Name", "E-mail", "Phone", "City", "Country", "Changed"],
      rows: () =>
        newest(crm.contacts.all()).map((one) => ({
          id: one.id,
          faded: false,
          cells: [
            `${one.firstName} ${one.lastName}`,
            one.email,
            one.phone,
            valueOf(crm.contactValues, contactFields, one.id, "City"),
            valueOf(crm.contactValues, contactFields, one.id, "Country"),
            changed(one.updated),
          ],
        })),
      fields: (id) => inputs(crm.contacts.get(id), ["firstName", "lastName", "email", "phone"]),
    },
    {
      ...common("accounts"),
      columns: ["Name", "Website", "City", "Contacts", "Changed"],
      rows: () =>
        newest(crm.accounts.all()).map((one) => ({
          id: one.id,
          faded: false,
          cells: [
            one.name,
            one.accountUrl,
            valueOf(crm.accountValues, accountFields, one.id, "City"),
            String(crm.accountContacts.by("account", one.id).length),
            changed(one.updated),
          ],
        })),
      fields: (id) => inputs(crm.accounts.get(id), ["name", "accountUrl"]),
    },
    {
      ...common("deals"),
      columns: ["Title", "Value", "Stage", "Status", "Contact", "Changed"],
      rows: () =>
        newest(crm.deals.all()).map((one) => ({
          id: one.id,
          faded: one.status === 2,
          cells: [
            one.title,
            `${(one.value / 100).toFixed(2)} ${one.currency.toUpperCase()}`,
            stages.find(({ id }) => id === one.stage)?.title ?? "",
            STATUS[one.status] ?? "",
            crm.contacts.get(one.contact ?? "")?.email ?? "",
            changed(one.updated),
          ],
        })),
      fields: (id) => inputs(crm.deals.get(id), ["title"]),
    },
  ];
}

const changed = (at: number): string => new Date(at).toISOString().slice(0, 16).replace("T", " ");

function valueOf(
  table: Table<CustomValue>,
  fields: readonly CustomField[],
  owner: string,
  label: string,
): string {
  const field = fields.find((one) => one.label === label);
  return table.by("owner", owner).find((one) => one.field === field?.id)?.value ?? "";
}
