import { isLines, type Value } from "./fields.ts";

/** A value as a form shows it: rows of a list one below the other, their parts between bars. */
export function valueText(value: Value): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (!isLines(value)) return value ?? "";
  return value
    .map((line) =>
      Object.values(line)
        .map((part) => String(part ?? "").replace(/\s*[|\n]\s*/g, " "))
        .join(" | "),
    )
    .join("\n");
}
