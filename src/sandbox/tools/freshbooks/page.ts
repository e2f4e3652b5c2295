import type { Field, Records } from "../records-page.ts";
import { reasonOf } from "./errors.ts";
import type { Values } from "./fields.ts";
import type { Books } from "./seed.ts";

const written = (record: Values, field: string) => String((record[field] ?? "") as string);

const CLIENT: Record<string, string> = { fname: "First name", lname: "Last name", organization: "Company", email: "E-mail", bus_phone: "Phone", p_city: "City", p_country: "Country", note: "Note" }; // prettier-ignore
const INVOICE: Record<string, string> = { invoice_number: "Number", create_date: "Date", notes: "Notes", po_number: "Purchase order" }; // prettier-ignore
const PROJECT: Record<string, string> = { title: "Title", description: "Description", due_date: "Due" }; // prettier-ignore

const fieldsOf = (record: Values | undefined, labels: Record<string, string>) =>
  record === undefined
    ? undefined
    : Object.entries(labels).map(([name, label]): Field => ({
        name,
        label,
        value: written(record, name),
      }));

const newest = (field: string) => (a: Values, b: Values) =>
  written(b, field).localeCompare(written(a, field)) || Number(b["id"]) - Number(a["id"]);

/** How a person sees what the simulated business has. */
export function bookRecords({ clients, invoices, projects }: Books): Records[] {
  return [
    {
      tool: "FreshBooks",
      object: "clients",
      noun: "clients",
      columns: ["Name", "Company", "E-mail", "Phone", "City", "Country", "Changed (New York)"],
      rows: () =>
        [...clients.all()].sort(newest("updated")).map((client) => ({
          id: String(client.id),
          faded: client.vis_state !== 0,
          cells: [
            `${client.fname} ${client.lname}`.trim() || client.organization,
            ...["organization", "email", "bus_phone", "p_city", "p_country", "updated"].map(
              (field) => written(client, field),
            ),
          ],
        })),
      fields: (id) => fieldsOf(clients.find(id), CLIENT),
      save: (id, values) => void clients.update(id, values),
      reason: reasonOf,
    },
    {
      tool: "FreshBooks",
      object: "invoices",
      noun: "invoices",
      columns: ["Number", "Client", "Date", "Due", "Amount", "Outstanding", "Status", "Changed (New York)"], // prettier-ignore
      rows: () =>
        [...invoices.all()].sort(newest("updated")).map((invoice) => ({
          id: String(invoice.id),
          faded: invoice.vis_state !== 0,
          cells: [
            invoice.invoice_number,
            written(invoice, "current_organization") ||
              `${written(invoice, "fname")} ${written(invoice, "lname")}`,
            invoice.create_date,
            invoice.due_date,
            `${invoice.amount.amount} ${invoice.amount.code}`,
            `${invoice.outstanding.amount} ${invoice.outstanding.code}`,
            invoice.v3_status,
            invoice.updated,
          ],
        })),
      fields: (id) => fieldsOf(invoices.find(id), INVOICE),
      save: (id, values) => void invoices.update(id, values),
      reason: reasonOf,
    },
    {
      tool: "FreshBooks",
      object: "projects",
      noun: "projects",
      columns: ["Title", "Client", "Due", "State", "Changed (UTC)"],
      rows: () =>
        [...projects.all()].sort(newest("updated_at")).map((project) => ({
          id: String(project.id),
          faded: !project.active,
          cells: [
            project.title,
            written(project, "client_id"),
            project.due_date ?? "",
            project.complete ? "complete" : "open",
            project.updated_at,
          ],
        })),
      fields: (id) => fieldsOf(projects.find(id), PROJECT),
      save: (id, { due_date, ...values }) =>
        void projects.update(id, { ...values, due_date: due_date === "" ? null : due_date }),
      reason: reasonOf,
    },
  ];
}
