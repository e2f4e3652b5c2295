import type { Problem } from "#domain/problem.ts";
import type { Write, WriteOutcome } from "#domain/record.ts";
import type { FieldMap } from "../manifest/compile-fields.ts";
import type { Verdict } from "../request/classify.ts";

/** The tool's refusal of one record, with our name of the field it means. */
export function problemOf(verdict: Verdict, fields: FieldMap): Problem {
  const field =
    verdict.field ?? (verdict.toolField === null ? null : fields.fieldNamed(verdict.toolField));
  return {
    class: verdict.class,
    field,
    code: verdict.code,
    message: verdict.message,
    ...(verdict.id === null ? {} : { candidates: [{ id: verdict.id, title: verdict.id }] }),
  };
}

/** What a verdict about one record means for its write. Systemic ones have been thrown before. */
export function outcomeOf(verdict: Verdict, fields: FieldMap, write: Write): WriteOutcome {
  if (verdict.is === "missing" && isAboutAnother(verdict, write))
    return missingReference(verdict, fields);
  if (verdict.is === "stale" || verdict.is === "missing") return { kind: verdict.is };
  return { kind: "rejected", problem: problemOf(verdict, fields) };
}

/** What is missing when a record is made, or under another id than its own, is one it refers to. */
const isAboutAnother = ({ id }: Verdict, write: Write): boolean =>
  write.kind === "create" || (id !== null && write.id !== id);

/** What is not there can only be something that the record refers to. */
export function missingReference(verdict: Verdict, fields: FieldMap): WriteOutcome {
  const { candidates: _none, ...problem } = problemOf(verdict, fields);
  return { kind: "rejected", problem: { ...problem, class: "missing_reference" } };
}
