import { fieldsOf, kinds, placeOf, type PoisonField } from "./feed.ts";
import { read, verdictOn, type Verdict } from "./expected.ts";
import { generated } from "./generated.ts";
import { rows, type Row } from "./rows.ts";
import type { Letter, Outcome } from "./run.ts";

export type Input = PoisonField & { key: string; row: Row; record: Buffer };
type Entity = (typeof kinds)[number];

/** Each row in each field of each entity, and as many generated ones as make `count` of them. */
export function inputs(count: number, seed: number): ReadonlyMap<Entity, readonly Input[]> {
  const all = kinds.flatMap((entity) => fieldsOf(entity).map((field) => ({ entity, field })));
  const written = all.flatMap((place) => rows.map((row) => ({ ...place, row })));
  const more = Math.max(0, count - written.length);
  const others = generated(more, seed).flatMap((row, n) => {
    const place = all[n % all.length];
    return place === undefined ? [] : [{ ...place, row }];
  });
  const numbered = [...written, ...others].map(({ entity, field, row }, n) => {
    return { entity, input: inputFor(`k${String(n)}`, field, row) };
  });
  return new Map(
    kinds.map((kind) => [kind, numbered.flatMap(({ entity, input }) => (entity === kind ? [input] : []))]), // prettier-ignore
  );
}

export const inputFor = (key: string, field: PoisonField, row: Row): Input => ({
  ...field,
  key,
  row,
  record: recordOf(key, field, row),
});

function recordOf(key: string, { field, part }: PoisonField, { json }: Row): Buffer {
  const [open, close] = part === null ? ["", ""] : [`[{"${part}":`, "}]"];
  return Buffer.concat([
    Buffer.from(`{"id" : "${key}", "updated_at":"2026-11-23T09:00:00Z","f":{"${placeOf(field)}":${open}`), // prettier-ignore
    json,
    Buffer.from(`${close}}}`),
  ]);
}

/** Beside each bad one a good one, as in life: a feed that is bad throughout stops the flow. */
export const amongGoodOnes = (all: readonly Input[]): readonly Buffer[] =>
  all.flatMap(({ key, record }) => [record, Buffer.from(`{"id":"good-${key}","f":{}}`)]);

/** What is wrong with the end an input came to; null where nothing is. */
export function wrongWith(input: Input, { written, letters }: Outcome): string | null {
  const letter = letters.get(input.key);
  const there = written.get(input.key);
  const wrong =
    letter === undefined
      ? there === undefined
        ? "lost"
        : wrongWrite(input, there)
      : there === undefined
        ? wrongLetter(input, letter)
        : "written and dead-lettered";
  const place = `${input.field}${input.part === null ? "" : `.${input.part}`} (${input.kind.kind})`;
  return wrong === null ? null : `${place}, ${input.row.name}: ${wrong}`;
}

const verdict = ({ kind: { kind }, row }: Input): Verdict => {
  if (kind === "lines" || kind === "content") throw new Error(`${kind} is not tried`);
  return verdictOn(kind, read(row.json));
};

function wrongLetter(input: Input, { problem, raw, state }: Letter): string | null {
  if (!raw.equals(input.record)) return "its bytes are not what was sent";
  if (state.kind !== "open") return state.kind;
  const right = problem.field === input.field && verdict(input).codes.includes(problem.code ?? "");
  return right ? null : `${String(problem.code)} at ${String(problem.field)}: ${problem.message}`;
}

function wrongWrite(input: Input, there: Readonly<Record<string, unknown>>): string | null {
  const place = there[placeOf(input.field)];
  const row = (place as Record<string, unknown>[] | undefined)?.[0];
  const value = input.part === null ? place : row?.[input.part];
  const said = JSON.stringify(value) as string | undefined;
  return verdict(input).same(value) ? null : `became ${said?.slice(0, 200) ?? "nothing"}`;
}
