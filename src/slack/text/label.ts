import { entities } from "#domain/entities/index.ts";
import type { Problem } from "#domain/problem.ts";

const labels = new Map(
  Object.values(entities).flatMap(({ fields }) =>
    Object.entries(fields).map(([name, { label }]) => [name, label] as const),
  ),
);

/** A canonical field as a person reads it: "First name". */
export const labelOf = (field: string): string => labels.get(field) ?? field;

/** What a problem is about, and the code by which its tool's documentation knows it: "Name, 6240". */
export function aboutProblem({ field, code }: Problem, direction: "read" | "write"): string {
  const parts = [field && labelOf(field), direction === "write" ? code : null];
  return parts.filter((part) => part !== null && part !== "").join(", ");
}
