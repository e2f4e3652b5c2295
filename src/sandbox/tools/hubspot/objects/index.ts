import { companies } from "./companies.ts";
import { contacts } from "./contacts.ts";
import { deals } from "./deals.ts";
import type { ObjectName, ObjectType } from "./object-type.ts";
import { orders } from "./orders.ts";

/** Every object of the portal. */
export const objectTypes: readonly ObjectType[] = [contacts, companies, deals, orders];

/** An object by what paths and bodies call it: `deals`, `deal` or `0-3`, in any capitals. */
export const typeNamed = (name: string): ObjectType | undefined =>
  objectTypes.find((type) =>
    [type.name, type.singular, type.typeId].includes(name.toLowerCase() as ObjectName),
  );
