import type { Audience } from "./audiences.ts";
import { checkedObject, isObject } from "./body.ts";
import { FOR_PATCH, memberOf } from "./member-body.ts";
import { addMember, changeMember, type Writing } from "./member-writes.ts";
import type { Members, Source, Status } from "./members.ts";
import { shown } from "./shown.ts";

/**
 * What somebody does in the app: keys of a member, or merge tags beside them. `archived: true` archives,
 * `tags` adds some, and `by: "user"` makes it the contact's own doing, which no program may undo.
 */
export function editMember(
  members: Members,
  audience: Audience,
  key: string | null,
  { archived, by, tags, ...set }: Record<string, unknown>,
): unknown {
  const source: Source = by === "user" ? "user" : "admin";
  const writing: Writing = { members, audience, source, skipRequired: true };
  const known = new Set(audience.mergeFields.map(({ tag }) => tag));
  const named = Object.entries(set);
  const given = {
    ...Object.fromEntries(named.filter(([name]) => !known.has(name))),
    merge_fields: {
      ...(isObject(set["merge_fields"]) ? set["merge_fields"] : {}),
      ...Object.fromEntries(named.filter(([name]) => known.has(name))),
    },
  };
  const body = memberOf(checkedObject(given, FOR_PATCH, []));
  const there = key === null ? undefined : members.find(audience.id, key);
  if (key !== null && there === undefined) throw new Error(`There is no member ${key}.`);
  const written = there === undefined ? addMember(writing, body, body.status ?? "subscribed") : changeMember(writing, there, body); // prettier-ignore
  const wanted = Array.isArray(tags) ? tags.map((name) => members.tag(String(name))) : [];
  const all = [...written.tags, ...wanted];
  const status: Status = archived === true ? "archived" : written.status;
  return shown(audience, members.update(written, { tags: all, status }, source));
}
