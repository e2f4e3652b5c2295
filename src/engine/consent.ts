import type { Fields } from "#domain/fields.ts";
import { without } from "./content.ts";

const field = "subscription";

/**
 * The fields to send, without a consent that would be widened: who has unsubscribed at the target stays
 * so, and a consent that has not changed since both sides agreed is not sent again, because somebody
 * may have withdrawn it there meanwhile.
 */
export function sendable(fields: Fields, current: Fields): Fields {
  const wanted = fields[field];
  if (wanted === undefined || wanted === "unsubscribed") return fields;
  const kept = current[field] === "unsubscribed" || current[field] === wanted;
  return kept ? without(fields, field) : fields;
}

/** What both sides agree on once these fields are written: the target's own consent where it stayed. */
export function agreed(fields: Fields, current: Fields): Fields {
  return current[field] === "unsubscribed" && fields[field] !== undefined
    ? { ...fields, [field]: "unsubscribed" }
    : fields;
}
