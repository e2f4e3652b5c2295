import type { Shelf } from "../../collection.ts";

export type Identified = { id: string };

/** Records by number, in the order they came; a number is never given twice. */
export type Table<Item extends Identified> = {
  get(id: string): Item | undefined;
  all(): IterableIterator<Item>;
  /** Those with this value in an indexed field, whatever its capitals. */
  by(field: keyof Item & string, value: string): Item[];
  add(item: Omit<Item, "id">): Item;
  change(item: Item): Item;
  remove(id: string): void;
  readonly size: number;
};

export function openTable<Item extends Identified>(
  shelf: Shelf,
  name: string,
  indexed: readonly (keyof Item & string)[] = [],
): Table<Item> {
  const kept = shelf.collection<Item>(name);
  const numbers = shelf.collection<number>("numbers");
  const holders = new Map<string, Set<string>>();
  const keyOf = (field: string, value: unknown) =>
    `${field}\n${String(value as string).toLowerCase()}`;
  const keysOf = (item: Item) => indexed.map((field) => keyOf(field, item[field]));
  const note = (item: Item): Item => {
    for (const key of keysOf(item)) holders.set(key, (holders.get(key) ?? new Set()).add(item.id));
    return item;
  };
  const forget = (item: Item | undefined): void => {
    if (item === undefined) return;
    for (const key of keysOf(item)) holders.get(key)?.delete(item.id);
  };
  for (const item of kept.values()) note(item);

  return {
    get: (id) => kept.get(id),
    all: () => kept.values(),
    by: (field, value) =>
      [...(holders.get(keyOf(field, value)) ?? [])]
        .sort((a, b) => Number(a) - Number(b))
        .flatMap((id) => kept.get(id) ?? []),
    add(item) {
      const number = (numbers.get(name) ?? 0) + 1;
      numbers.set(name, number);
      const whole = { ...item, id: String(number) } as Item;
      kept.set(whole.id, whole);
      return note(whole);
    },
    change(item) {
      forget(kept.get(item.id));
      kept.set(item.id, item);
      return note(item);
    },
    remove(id) {
      forget(kept.get(id));
      kept.delete(id);
    },
    get size() {
      return kept.size;
    },
  };
}
