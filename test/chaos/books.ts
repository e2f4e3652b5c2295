import type { SeededChance } from "../support/memory/chance.ts";

export type Contact = {
  id: string;
  updated: string;
  name: string;
  email: string;
  company: string | null;
  notes: string | null;
};

type Fields = Partial<Omit<Contact, "id" | "updated">>;

/** The books there are, and what the flows between them do. */
export const flows = [
  { name: "orders-out", from: "orders", to: "ledger", twoWay: false },
  { name: "leads-out", from: "leads", to: "list", twoWay: false },
  { name: "guests-out", from: "guests", to: "register", twoWay: false },
  { name: "members-out", from: "members", to: "roll", twoWay: false },
  { name: "both-ways", from: "north", to: "south", twoWay: true },
] as const;

/** What is written in a contact with this in its notes is refused. */
export const flaw = "flawed";

/** Which field is ever changed in which of the books that people write in; so nobody disagrees. */
export const edited = {
  orders: "notes",
  leads: "notes",
  guests: "notes",
  members: "notes",
  north: "notes",
  south: "company",
} as const;
export type Edited = keyof typeof edited;

/**
 * People leave alone what a tool has just made. Whether one that was changed since is what we made before
 * a crash, nobody can tell by looking: it is found all the same, but not counted as created.
 */
const settlingMs = 120_000;

/** Remembers all it was told to make: it knows no key, so what comes twice is there twice. */
export function makeBook(name: string) {
  const contacts = new Map<string, Contact>();
  /** What people have written last, by contact. */
  const meant = new Map<string, string>();
  let last = 0;
  const counts = { created: 0, updated: 0 };

  /** No two changes at the same time. */
  const byTool = new Map<string, number>();
  const now = (): string => new Date((last = Math.max(Date.now(), last + 1))).toISOString();
  const make = (fields: Fields): Contact => {
    const id = `${name}-${String(contacts.size + 1)}`;
    const contact = { name: "", email: "", company: null, notes: null, ...fields, id, updated: now() }; // prettier-ignore
    contacts.set(id, contact);
    return contact;
  };
  const change = (contact: Contact, fields: Fields): Contact =>
    Object.assign(contact, fields, { updated: now() });

  return {
    counts,
    contacts,
    meant,
    make,
    change,
    /** Those changed since, in the order of their ids. */
    page(since: string | null, after: number, size: number) {
      const all = [...contacts.values()].filter((one) => since === null || one.updated >= since);
      const next = after + size < all.length ? String(after + size) : null;
      return { results: all.slice(after, after + size), next };
    },
    /** Of the newest, those that no tool has just made. */
    known: () =>
      [...contacts.values()]
        .slice(-80)
        .filter(({ id }) => (byTool.get(id) ?? 0) < Date.now() - settlingMs),
    read: (ids: readonly string[]) => ids.flatMap((id) => contacts.get(id) ?? []),
    find: (emails: readonly string[]) =>
      [...contacts.values()].filter(({ email }) => emails.includes(email)),
    /** As a tool does what it is asked. */
    write({ id, fields }: { id?: string; fields: Fields }) {
      if (fields.notes?.startsWith(flaw) === true)
        return { error: { code: "INVALID", message: "The notes are flawed", field: "notes" } };
      const there = id === undefined ? undefined : contacts.get(id);
      if (id !== undefined && there === undefined)
        return { error: { code: "GONE", message: "There is no such contact", field: null } };
      counts[there === undefined ? "created" : "updated"] += 1;
      if (there !== undefined) return { record: change(there, fields) };
      const record = make(fields);
      byTool.set(record.id, Date.now());
      return { record };
    },
  };
}

export type Book = ReturnType<typeof makeBook>;

/** People at work in the books: now a new contact, now a change of one. */
export function makePeople(books: ReadonlyMap<string, Book>, chance: SeededChance) {
  let made = 0;
  const word = (): string =>
    chance.happens(0.15) ? `${flaw} ${String(chance.whole(1e6))}` : `note ${String(chance.whole(1e6))}`; // prettier-ignore

  function one(): void {
    const name = chance.pick(Object.keys(edited) as [Edited, ...Edited[]]);
    const book = books.get(name);
    if (book === undefined) return;
    const recent = book.known();
    const contact = recent[chance.whole(recent.length)];
    if (contact === undefined || chance.happens(0.4)) {
      made += 1;
      const email = `${name}-${String(made)}@chaos.example`;
      const said = word();
      const { id } = book.make({ name: `Person ${String(made)}`, email, [edited[name]]: said });
      book.meant.set(id, said);
      return;
    }
    say(name, contact, word());
  }
  function say(name: Edited, contact: Contact, words: string): void {
    const book = books.get(name);
    book?.change(contact, { [edited[name]]: words });
    book?.meant.set(contact.id, words);
  }
  /** What is flawed is put right, but for every other one. */
  function tidy(): void {
    for (const name of Object.keys(edited) as Edited[]) {
      const book = books.get(name);
      const flawed = [...(book?.contacts.values() ?? [])].filter((contact) => contact[edited[name]]?.startsWith(flaw)); // prettier-ignore
      flawed.forEach((contact, place) => {
        if (place % 2 === 0) say(name, contact, "put right");
      });
    }
  }
  return { one, tidy };
}
