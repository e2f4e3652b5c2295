import type { ObjectName, ObjectType } from "../objects/object-type.ts";

/** How one object may be associated with another; `primary` is the label beside the plain one. */
export type AssociationType = {
  from: ObjectName;
  to: ObjectName;
  /** As the older interface calls it, and lists name it: contact_to_company_unlabeled. */
  name: string;
  id: number;
  primary: { name: string; id: number } | null;
};

const between = (from: ObjectName, to: ObjectName, name: string, id: number): AssociationType => ({
  from,
  to,
  name,
  id,
  primary: null,
});
/** With a company of which one is the primary one; the plain name belongs to that label. */
const withCompany = (
  from: ObjectName,
  to: ObjectName,
  name: string,
  id: number,
  primary: number,
): AssociationType => ({
  from,
  to,
  name: `${name}_unlabeled`,
  id,
  primary: { name, id: primary },
});

/** Source: HubSpot's table of association type ids; those of orders are unverified. */
export const associationTypes: readonly AssociationType[] = [
  withCompany("contacts", "companies", "contact_to_company", 279, 1),
  withCompany("companies", "contacts", "company_to_contact", 280, 2),
  withCompany("deals", "companies", "deal_to_company", 341, 5),
  withCompany("companies", "deals", "company_to_deal", 342, 6),
  between("deals", "contacts", "deal_to_contact", 3),
  between("contacts", "deals", "contact_to_deal", 4),
  between("orders", "contacts", "order_to_contact", 507),
  between("contacts", "orders", "contact_to_order", 508),
  between("orders", "companies", "order_to_company", 509),
  between("companies", "orders", "company_to_order", 510),
  between("orders", "deals", "order_to_deal", 512),
  between("deals", "orders", "deal_to_order", 511),
];

export const associationType = (from: ObjectName, to: ObjectName): AssociationType | undefined =>
  associationTypes.find((type) => type.from === from && type.to === to);

/** What a type id in a body stands for, seen from this object. */
export const typeById = (from: ObjectType, id: unknown): AssociationType | undefined =>
  associationTypes.find(
    (type) => type.from === from.name && (type.id === id || type.primary?.id === id),
  );
