import { globSync, readFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import type { Way } from "./shape.ts";

type Members = Readonly<Record<string, unknown>>;
const manifests = globSync("manifests/connectors/*.yaml")
  .sort()
  .map((file) => parse(readFileSync(file, "utf8")) as unknown);

/** What stands there in our own manifests. */
export function standing(way: Way): readonly unknown[] {
  let values: readonly unknown[] = manifests;
  for (const step of way) values = values.flatMap((value) => below(value, step));
  return values;
}

function below(value: unknown, step: string): readonly unknown[] {
  if (typeof value !== "object" || value === null) return [];
  const members = value as Members;
  if (step.startsWith("?"))
    return step.slice(1).split("|").some((name) => name in members) ? [value] : []; // prettier-ignore
  if (step.startsWith("=")) return members["kind"] === step.slice(1) ? [value] : [];
  if (step === "*") return Object.values(members);
  return step.split(",").flatMap((name) => (name in members ? [members[name]] : []));
}

/** The shortest there is of a member, as one line of YAML; null where no manifest has it. */
export function example(way: Way, member: string): string | null {
  const lines = standing([...way, member]).map((value) => lineOf({ [member]: value }));
  return shortest(lines.filter((line) => !line.endsWith(": []")));
}

/** The shortest field line that has the word in it. */
export function fieldLine(word: RegExp): string | null {
  const lines = standing(["objects", "*", "fields"]).flatMap((fields) =>
    Object.entries(fields as Members).map(([name, line]) => lineOf({ [name]: line }, 3)),
  );
  return shortest(lines.filter((line) => word.test(line)));
}

/** The shortest text that has the words in it, with the member it stands at. */
export function textWith(words: RegExp): string | null {
  const found: string[] = [];
  const look = (value: unknown, name: string): void => {
    if (typeof value === "string") {
      if (words.test(value)) found.push(lineOf({ [name]: value }));
    } else if (typeof value === "object" && value !== null)
      for (const [key, one] of Object.entries(value)) look(one, Array.isArray(value) ? name : key);
  };
  for (const manifest of manifests) look(manifest, "");
  return shortest(found);
}

const longest = 90;

const shortest = (lines: readonly string[]): string | null =>
  lines.toSorted((a, b) => Number(a.includes("…")) - Number(b.includes("…")) || a.length - b.length)[0] ?? null; // prettier-ignore

function lineOf(value: Members, depth = 3): string {
  const line = flow(value, depth);
  if (line.length <= longest) return line;
  return depth > 1 ? lineOf(value, depth - 1) : `${line.slice(0, longest - 1)}…`;
}

/** Without what lies deeper. */
function flow(value: Members, depth: number): string {
  const text = stringify(within(value, depth), { lineWidth: 0, collectionStyle: "flow", flowCollectionPadding: true }); // prettier-ignore
  return text
    .trim()
    .replace(/^\{ (.*) \}$/s, "$1")
    .replaceAll('"…"', "…")
    .replace(/\s+/g, " ");
}

function within(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth === 0) return "…";
  if (Array.isArray(value)) return value.slice(0, 3).map((one) => within(one, depth - 1));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, within(one, depth - 1)])); // prettier-ignore
}
