import { isDeepStrictEqual } from "node:util";
import type { Shelf } from "../../collection.ts";
import type { Tally } from "../simulated-tool.ts";
import { type Audience, audiences } from "./audiences.ts";
import { digest, hashOf } from "./email.ts";
import type { Merges } from "./merge-values.ts";

export type Status = "subscribed" | "unsubscribed" | "cleaned" | "pending" | "transactional" | "archived"; // prettier-ignore
/** Who did it: the contact, somebody in the app, or a program. */
export type Source = "user" | "admin" | "api";
export type Tag = { id: number; name: string };

export type Member = {
  list: string;
  /** Stays while the e-mail address changes; the hash does not. */
  contactId: string;
  webId: number;
  email: string;
  emailType: "html" | "text";
  status: Status;
  /** Left or bounced by itself: no program may subscribe it again. */
  protected: boolean;
  merges: Merges;
  language: string;
  vip: boolean;
  signup: { at: string; ip: string };
  optin: { at: string; ip: string };
  changed: string;
  source: string;
  tags: Tag[];
};

export type Change = { audience: Audience; before: Member | null; after: Member | null; source: Source }; // prettier-ignore

export type Members = {
  /** By hash, e-mail address or contact id. */
  find(list: string, key: string): Member | undefined;
  all(list: string): Member[];
  count(list: string): number;
  isForgotten(list: string, email: string): boolean;
  isForgottenHash(list: string, hash: string): boolean;
  add(member: Omit<Member, "contactId" | "webId" | "changed">, source: Source, at?: number): Member;
  /** Nothing happens, and nobody hears, where nothing changes. */
  update(member: Member, set: Partial<Member>, source: Source, at?: number): Member;
  /** For good: the address cannot be added by a program again. */
  forget(member: Member, source: Source): void;
  tag(name: string): Tag;
  tally: Tally;
};

/** The members of all audiences. `changed` hears of every change. */
export function openMembers(shelf: Shelf, changed: (change: Change) => void): Members {
  const kept = shelf.collection<Member>("members");
  const gone = shelf.collection<boolean>("forgotten");
  const tags = shelf.collection<Tag>("tags");
  const counters = shelf.collection<number>("counters");
  const tally: Tally = { creates: 0, updates: 0, archived: 0 };
  const byHash = new Map<string, string>();
  const keyOf = ({ list, contactId }: Member) => `${list}/${contactId}`;
  const hashKey = (list: string, email: string) => `${list}/${hashOf(email)}`;
  for (const member of kept.values()) byHash.set(hashKey(member.list, member.email), keyOf(member));

  function keep(member: Member): Member {
    kept.set(keyOf(member), member);
    byHash.set(hashKey(member.list, member.email), keyOf(member));
    return member;
  }

  function tell(before: Member | null, after: Member | null, source: Source): void {
    const audience = audiences.find(({ id }) => id === (after ?? before)?.list);
    if (audience !== undefined) changed({ audience, before, after, source });
  }

  return {
    find(list, key) {
      const byKey = kept.get(`${list}/${key}`);
      if (byKey !== undefined) return byKey;
      const hash = key.includes("@") ? hashOf(key) : key.toLowerCase();
      return kept.get(byHash.get(`${list}/${hash}`) ?? "");
    },
    all: (list) => [...kept.values()].filter((member) => member.list === list),
    count: (list) => [...kept.values()].filter((member) => member.list === list).length,
    isForgottenHash: (list, hash) => gone.get(`${list}/${hash.toLowerCase()}`) === true,
    isForgotten: (list, email) => gone.get(hashKey(list, email)) === true,
    add(given, source, at = Date.now()) {
      const count = (counters.get("members") ?? 0) + 1;
      counters.set("members", count);
      const contactId = digest(`contact ${String(count)}`);
      const member = keep({ ...given, contactId, webId: 100_000 + count, changed: stamp(at) });
      tally.creates += 1;
      tell(null, member, source);
      return member;
    },
    update(member, set, source, at = Date.now()) {
      const after = { ...member, ...set };
      if (isDeepStrictEqual(after, member)) return member;
      byHash.delete(hashKey(member.list, member.email));
      const kept = keep({ ...after, changed: stamp(at) });
      if (kept.status === "archived" && member.status !== "archived") tally.archived += 1;
      else tally.updates += 1;
      tell(member, kept, source);
      return kept;
    },
    forget(member, source) {
      kept.delete(keyOf(member));
      byHash.delete(hashKey(member.list, member.email));
      gone.set(hashKey(member.list, member.email), true);
      tell(member, null, source);
    },
    tag(name) {
      const known = tags.get(name.toLowerCase());
      if (known !== undefined) return known;
      const tag = { id: 40 + tags.size, name };
      tags.set(name.toLowerCase(), tag);
      return tag;
    },
    tally,
  };
}

/** To the second, with the offset that Mailchimp writes: 2026-11-20T16:50:06+00:00. */
export const stamp = (at: number): string =>
  new Date(at).toISOString().replace(/\.\d+Z$/, "+00:00");
