import { isBlank, sameValue, type Fields } from "#domain/fields.ts";
import { isFormOf } from "./form-of.ts";

/** A record as the flow's rules make it. */
export type Content = {
  /** What the target can hold; this is what is compared and written. */
  fields: Fields;
  /** All of it: fields the target cannot hold may still tell who is who. */
  wide: Fields;
  hash: string;
};

/** Of a record that is gone. */
export const nothing: Content = { fields: {}, wide: {}, hash: "" };

/** Whether the target's record already is what we want it to be. */
export const isAlready = (current: Fields, wanted: Fields): boolean =>
  Object.keys(wanted).every((name) => sameValue(current[name], wanted[name]));

/** Whether nothing the target shows of its record speaks against it being what we wrote. */
export const mayBe = (current: Fields, wrote: Fields): boolean =>
  Object.keys(wrote).every((name) => !(name in current) || sameValue(current[name], wrote[name]));

/** Whether what the target shows may be what it made of what we wrote: tools trim, cut, round and drop. */
export const mayHaveBecome = (current: Fields, wrote: Fields): boolean =>
  Object.entries(wrote).every(([name, ours]) => {
    const there = current[name] ?? null;
    return sameValue(there, ours) || isBlank(there) || isFormOf(there, ours);
  });

export const without = (fields: Fields, name: string): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([other]) => other !== name));

/** The fields of `to` that are not as in `from`, on both sides. */
export function changesOf(from: Fields, to: Fields): { from: Fields; to: Fields } {
  const names = Object.keys(to).filter((name) => !sameValue(from[name], to[name]));
  const of = (fields: Fields): Fields =>
    Object.fromEntries(names.map((name) => [name, fields[name] ?? null]));
  return { from: of(from), to: of(to) };
}
