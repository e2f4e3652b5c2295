import { entityOf, isEntityName } from "#domain/entities/index.ts";
import { sameValue, type Fields } from "#domain/fields.ts";
import type { Json } from "#domain/json.ts";
import type { Problem } from "#domain/problem.ts";
import type { Write, WriteOutcome } from "#domain/record.ts";
import type { ObjectPlan } from "../read/compile-object.ts";
import type { CallPlan } from "./compile-write.ts";

type Parts = { title: string; plan: ObjectPlan };

/**
 * Some tools say yes and keep something else: they cut long texts, pass over fields that they do not
 * have, or write to a record that is archived and stays so. Null where the record that the answer shows
 * is the one that was written.
 */
export function notAsWritten(
  { title, plan }: Parts,
  { after }: CallPlan,
  write: Exclude<Write, { kind: "archive" }>,
  { native, sent, shown }: { native: Json; sent: readonly string[]; shown: Json },
): WriteOutcome | null {
  if (plan.isGone(shown))
    return write.kind === "update" ? { kind: "missing" } : rejected(gone(title, plan));
  const there = plan.fields.decode(shown, null).fields;
  // As the tool would tell it, if it kept all of it: a domain in small letters, a number without spaces.
  const wrote = { ...write.fields, ...plan.fields.decode(native, null).fields };
  const settledLater = new Set(
    after.flatMap(({ field, wanted }) => (wanted(write.fields[field]) ? field : [])),
  );
  const lost = sent.find(
    (name) => plan.fields.read.has(name) && !settledLater.has(name) && !isKept(name, wrote, there),
  );
  if (lost === undefined) return null;
  return rejected({
    class: "rejected",
    field: lost,
    code: "NOT_KEPT",
    message:
      there[lost] === undefined
        ? `${title} has no place for this, so it was not kept`
        : `${title} did not keep this as it was written`,
  });
}

/**
 * Whoever has unsubscribed stays so, and a record of ours that knows of no consent takes none away that
 * was given there.
 */
const isKept = (name: string, wrote: Fields, there: Fields): boolean =>
  sameValue(wrote[name], there[name]) ||
  (name === "subscription" && (there[name] === "unsubscribed" || wrote[name] === "never_asked"));

const rejected = (problem: Problem): WriteOutcome => ({ kind: "rejected", problem });

const gone = (title: string, { spec }: ObjectPlan): Problem => ({
  class: "rejected",
  field: null,
  code: "ARCHIVED",
  message: `${title} has this ${isEntityName(spec.entity) ? entityOf(spec.entity).one : "record"} archived, and writing to it does not bring it back`,
});
