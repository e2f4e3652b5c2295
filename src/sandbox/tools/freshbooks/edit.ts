import type { Values } from "./fields.ts";
import type { Books } from "./seed.ts";

/** What a person does in FreshBooks itself: changes a record, or adds one if no id is given. */
export function editBooks(
  { clients, invoices, projects }: Books,
  object: string | null,
  id: string | null,
  set: Values,
): unknown {
  switch (object ?? "clients") {
    case "clients":
      return id === null ? clients.create(set) : clients.update(id, set);
    case "invoices": {
      const { paid, ...rest } = set;
      const invoice = id === null ? invoices.create(rest) : invoices.get(id);
      if (paid !== undefined) return invoices.pay(String(invoice.id), String(paid as string));
      return id === null ? invoice : invoices.update(id, rest);
    }
    case "projects": {
      if (id === null) return projects.create(set);
      const { deleted, ...rest } = set;
      if (deleted !== true) return projects.update(id, rest);
      projects.remove(id);
      return { id, deleted };
    }
    default:
      throw new Error(`There are clients, invoices and projects, but no ${String(object)}.`);
  }
}
