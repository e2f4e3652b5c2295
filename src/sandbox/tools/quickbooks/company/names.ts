import type { Stored } from "./entity.ts";
import type { Values } from "../fields/values.ts";

/** Names and e-mails are compared without regard to capitals and to how marks are composed. */
export const keyOf = (text: string): string => text.normalize("NFC").toLowerCase();

export function emailOf(customer: Values): string | undefined {
  const address = (customer["PrimaryEmailAddr"] as { Address?: string } | undefined)?.Address;
  return address === undefined ? undefined : keyOf(address);
}

const nameOf = (customer: Values): string => keyOf(String(customer["DisplayName"]));

export type Directory = {
  named(name: string): string | undefined;
  withEmail(email: string): Iterable<string>;
  add(customer: Stored): void;
  remove(customer: Stored): void;
};

/** Whom a name and whom an e-mail leads to. */
export function openDirectory(): Directory {
  const names = new Map<string, string>();
  const emails = new Map<string, Set<string>>();
  return {
    named: (name) => names.get(keyOf(name)),
    withEmail: (email) => emails.get(keyOf(email)) ?? [],
    add(customer) {
      names.set(nameOf(customer), customer.Id);
      const email = emailOf(customer);
      if (email !== undefined) emails.set(email, (emails.get(email) ?? new Set()).add(customer.Id));
    },
    remove(customer) {
      names.delete(nameOf(customer));
      const email = emailOf(customer);
      if (email !== undefined) emails.get(email)?.delete(customer.Id);
    },
  };
}
