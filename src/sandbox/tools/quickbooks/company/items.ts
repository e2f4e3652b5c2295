import type { Shelf } from "../../../collection.ts";
import { invalidReference, objectNotFound, unsupportedOperation } from "../errors.ts";
import { referred, type Values } from "../fields/values.ts";
import { localTime } from "../time.ts";
import type { Entity, Happening, Stored } from "./entity.ts";

export type Item = Stored & { Name: string; Active: boolean };

export type Items = Entity<Item> & {
  /** The item of a reference, which has to exist and to be active. */
  referredBy(reference: unknown): Item | undefined;
  add(values: Values & { Name: string; Active: boolean }, at: number): Item;
  /** What a person changes in the list of products and services. */
  edit(item: Item, set: Values): Item;
};

/** What the company sells. Apps only read it here. */
export function openItems(shelf: Shelf, heard: (happening: Happening) => void): Items {
  const kept = shelf.collection<Item>("items");
  return {
    name: "Item",
    get: (id) => kept.get(id),
    all: () => kept.values(),
    get size() {
      return kept.size;
    },
    gone: () => [],
    write(operation) {
      throw unsupportedOperation(`Operation ${operation} is not supported for Item.`);
    },
    referredBy(reference) {
      const id = referred(reference);
      if (id === undefined) return undefined;
      const item = kept.get(id);
      if (item === undefined) throw invalidReference("Items", id);
      if (!item.Active) throw objectNotFound();
      return item;
    },
    add(values, at) {
      const time = localTime(at);
      const item: Item = {
        ...values,
        FullyQualifiedName: values.Name,
        Id: String(kept.size + 1),
        SyncToken: "0",
        domain: "QBO",
        sparse: false,
        MetaData: { CreateTime: time, LastUpdatedTime: time },
      };
      kept.set(item.Id, item);
      return item;
    },
    edit(item, set) {
      const after: Item = {
        ...item,
        ...set,
        SyncToken: String(Number(item.SyncToken) + 1),
        MetaData: { ...item.MetaData, LastUpdatedTime: localTime(Date.now()) },
      };
      kept.set(item.Id, after);
      heard({ entity: "Item", id: item.Id, verb: "updated" });
      return after;
    },
  };
}
