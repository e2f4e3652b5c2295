import type { Items } from "../company/items.ts";

const AT = Date.parse("2025-01-20T18:00:00Z");

const items = [
  { Name: "Services", Type: "Service", UnitPrice: 0, Active: true },
  { Name: "Hours", Type: "Service", UnitPrice: 85, Active: true },
  { Name: "Design", Type: "Service", UnitPrice: 75, Active: true },
  { Name: "Delivery", Type: "Service", UnitPrice: 14.5, Active: true },
  { Name: "Paint, 5 l", Type: "NonInventory", UnitPrice: 39.9, Active: true },
  // No longer sold: nothing new may refer to it.
  { Name: "Paper catalogue", Type: "NonInventory", UnitPrice: 4, Active: false },
];

export function seedItems(company: Items): void {
  for (const { Name, Type, UnitPrice, Active } of items) {
    company.add(
      {
        Name,
        Type,
        UnitPrice,
        Active,
        Description: Name,
        Taxable: false,
        IncomeAccountRef: { value: "1", name: "Sales of Product Income" },
        PurchaseCost: 0,
        TrackQtyOnHand: false,
      },
      AT,
    );
  }
}
