import type { Contact } from "./contacts.ts";

export type SearchIndex = {
  /** A change becomes visible to searches only after the lag; until then they see what was. */
  hear(contact: Contact): void;
  /** What a search sees now: contacts that are not archived. */
  visible(): Iterable<Contact>;
  lagMs: number;
};

/** HubSpot's search runs on an index of its own that trails the records. */
export function openSearchIndex(lagMs: number): SearchIndex {
  const seen = new Map<string, Contact>();
  let waiting: { due: number; contact: Contact }[] = [];

  const take = (contact: Contact) => {
    if (contact.archivedAt === null) seen.set(contact.id, contact);
    else seen.delete(contact.id);
  };

  return {
    lagMs,
    hear(contact) {
      waiting.push({ due: Date.now() + this.lagMs, contact });
    },
    visible() {
      const now = Date.now();
      const later = waiting.findIndex(({ due }) => due > now);
      const ready = later === -1 ? waiting : waiting.slice(0, later);
      waiting = later === -1 ? [] : waiting.slice(later);
      for (const { contact } of ready) take(contact);
      return seen.values();
    },
  };
}
