import type { Field, SObject } from "./fields.ts";
import { account } from "./objects/account.ts";
import { contact } from "./objects/contact.ts";
import { opportunity } from "./objects/opportunity.ts";
import { order } from "./objects/order.ts";
import { user } from "./objects/user.ts";

export type Schema = {
  all: readonly SObject[];
  /** By name, whatever its capitals. */
  object(name: string): SObject | undefined;
  field(object: SObject, name: string): Field | undefined;
  /** Those whom this connection may see. */
  fieldsOf(object: SObject): readonly Field[];
  /** The field that leads to the record a relationship names: AccountId for Account. */
  parent(object: SObject, relationship: string): Field | undefined;
  objectOf(id: string): SObject | undefined;
  /**
   * Fields taken from this connection's permissions, as `Contact.Phone`. The interface then behaves as
   * if there were none. Throws an Error that names what there is not.
   */
  hide(names: readonly string[]): void;
};

const objects = [account, contact, opportunity, order, user];

/** The objects of the simulated organisation and their fields. */
export function openSchema(): Schema {
  const byName = new Map(objects.map((object) => [object.name.toLowerCase(), object]));
  const byPrefix = new Map(objects.map((object) => [object.prefix, object]));
  const fields = new Map(
    objects.map(({ name, fields: own }) => [
      name,
      new Map(own.map((field) => [field.name.toLowerCase(), field])),
    ]),
  );
  let hidden = new Set<Field>();
  const field = (object: SObject, name: string): Field | undefined => {
    const found = fields.get(object.name)?.get(name.toLowerCase());
    return found === undefined || hidden.has(found) ? undefined : found;
  };
  return {
    all: objects,
    object: (name) => byName.get(name.toLowerCase()),
    field,
    fieldsOf: (object) => object.fields.filter((one) => !hidden.has(one)),
    parent: (object, relationship) =>
      object.fields.find(
        (one) =>
          one.kind.type === "reference" &&
          one.kind.relationship.toLowerCase() === relationship.toLowerCase() &&
          !hidden.has(one),
      ),
    objectOf: (id) => byPrefix.get(id.slice(0, 3)),
    hide(names) {
      hidden = new Set(
        names.map((path) => {
          const [name = "", column = ""] = path.split(".");
          const object = byName.get(name.toLowerCase());
          const found = fields.get(object?.name ?? "")?.get(column.toLowerCase());
          if (found === undefined) throw new Error(`There is no field ${path}.`);
          return found;
        }),
      );
    },
  };
}
