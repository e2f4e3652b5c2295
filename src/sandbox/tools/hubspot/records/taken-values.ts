import { alreadyExists, valueTaken } from "../errors.ts";
import type { ObjectType, Properties, Values } from "../objects/object-type.ts";

type Holder = { id: string; properties: Properties };

export type TakenValues = {
  holder(name: string, value: string): string | undefined;
  take(record: Holder): void;
  free(record: Holder): void;
  /** Throws HubSpot's "no" where another record than `self` has one of these values. */
  refuse(values: Values, self: string | null): void;
};

/** Which record has which of the values that only one may have; capitals make no difference. */
export function openTakenValues(type: ObjectType): TakenValues {
  const holders = new Map<string, string>();
  const keyOf = (name: string, value: string) => `${name}\n${value.toLowerCase()}`;

  function keys({ properties }: Holder): string[] {
    return type.unique.flatMap(({ name, also }) => {
      const further = also === null ? [] : (properties[also] ?? "").split(";");
      return [properties[name] ?? "", ...further]
        .filter((value) => value !== "")
        .map((value) => keyOf(name, value));
    });
  }

  return {
    holder: (name, value) => holders.get(keyOf(name, value)),
    take: (record) => keys(record).forEach((key) => holders.set(key, record.id)),
    free(record) {
      for (const key of keys(record)) if (holders.get(key) === record.id) holders.delete(key);
    },
    refuse(values, self) {
      for (const { name } of type.unique) {
        const value = values[name];
        const holder = value ? holders.get(keyOf(name, value)) : undefined;
        if (holder === undefined || holder === self) continue;
        throw name === "email" ? alreadyExists(holder) : valueTaken(name, value ?? "");
      }
    },
  };
}
