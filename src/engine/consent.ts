import { sameValue, type Fields } from "#domain/fields.ts";
import { without } from "./content.ts";

/** The field that says whether somebody may be written to. */
export const consent = "subscription";

/**
 * The fields to send: without coarse ones that have not changed since both sides agreed, of which the
 * target may keep a finer value, and without a consent that would be widened: who has unsubscribed at the target stays
 * so, and a consent that has not changed since both sides agreed is not sent again, because somebody
 * may have withdrawn it there meanwhile.
 */
export function sendable(fields: Fields, current: Fields, coarse: ReadonlySet<string>): Fields {
  const changed = [...coarse].reduce(
    (left, name) => (sameValue(left[name], current[name]) ? without(left, name) : left),
    fields,
  );
  const wanted = fields[consent];
  if (wanted === undefined || wanted === "unsubscribed") return changed;
  const kept = current[consent] === "unsubscribed" || current[consent] === wanted;
  return kept ? without(changed, consent) : changed;
}

/** What both sides agree on once these fields are written: the target's own consent where it stayed. */
export function agreed(fields: Fields, current: Fields): Fields {
  return current[consent] === "unsubscribed" && fields[consent] !== undefined
    ? { ...fields, [consent]: "unsubscribed" }
    : fields;
}

/** Whether a consent that both sides had agreed on was taken back. */
export const isWithdrawn = (fields: Fields, agreedOn: Fields): boolean =>
  fields[consent] === "unsubscribed" && agreedOn[consent] === "subscribed";
