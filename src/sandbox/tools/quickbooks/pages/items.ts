import type { Records } from "../../records-page.ts";
import type { Company } from "../company/company.ts";
import { changed, newestFirst, reason, text } from "./cells.ts";

/** How a person sees what the simulated company sells. */
export const itemsPage = ({ items }: Company): Records => ({
  tool: "QuickBooks",
  object: "items",
  noun: "items",
  columns: ["Name", "Type", "Price", "Changed"],
  rows: () =>
    newestFirst(items.all()).map((item) => ({
      id: item.Id,
      faded: !item.Active,
      cells: [item.Name, text(item, "Type"), text(item, "UnitPrice"), changed(item)],
    })),
  fields(id) {
    const item = items.get(id);
    return (
      item && [{ name: "Description", label: "Description", value: text(item, "Description") }]
    );
  },
  save(id, values) {
    const item = items.get(id);
    if (item !== undefined) items.edit(item, values);
  },
  reason,
});
