import fc from "fast-check";
import { rows, type Row } from "./rows.ts";

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const anyRow = fc.constantFrom(...rows.filter(({ json }) => json.length < 2_000));

/** A value with something else in the middle of it. */
const spliced = fc
  .tuple(fc.string({ unit: "grapheme" }), anyRow, fc.string({ unit: "binary" }))
  .filter(([, { json }]) => json[0] === 0x22)
  .map(([before, row, after]) =>
    Buffer.concat([
      json(before).subarray(0, -1),
      row.json.subarray(1, -1),
      json(after).subarray(1),
    ]),
  );

/** Bytes in quotes, none of which ends the text. */
const bytes = fc
  .uint8Array({ maxLength: 12 })
  .map((some) => some.filter((byte) => byte >= 0x20 && byte !== 0x22 && byte !== 0x5c))
  .map((some) => Buffer.concat([Buffer.from('"'), some, Buffer.from('"')]));

const digits = fc.stringMatching(/^-?(0|[1-9]\d{0,30})(\.\d{1,25})?([eE][+-]?\d{1,4})?$/);

const value = fc.oneof(
  { weight: 3, arbitrary: spliced },
  { weight: 2, arbitrary: bytes },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 40 }).map(json) },
  { weight: 2, arbitrary: fc.string({ unit: "grapheme", maxLength: 40 }).map(json) },
  { weight: 2, arbitrary: digits.map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: digits.map(json) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 8 }).map(json) },
  { weight: 1, arbitrary: fc.emailAddress().map(json) },
  { weight: 1, arbitrary: fc.date({ noInvalidDate: true }).map((date) => json(date.toISOString())) }, // prettier-ignore
  { weight: 1, arbitrary: fc.date({ noInvalidDate: true }).map((date) => json(date.toISOString().slice(0, 10))) }, // prettier-ignore
  { weight: 1, arbitrary: fc.double().map(json) },
  { weight: 1, arbitrary: fc.integer().map((n) => json(`+${String(Math.abs(n))}33`)) },
  { weight: 1, arbitrary: fc.stringMatching(/^[A-Za-z]{2,3}$/).map(json) },
);

/** So many values that nobody thought of; the same for the same seed. */
export const generated = (count: number, seed: number): readonly Row[] =>
  fc
    .sample(value, { numRuns: count, seed })
    .map((one, n) => ({ name: `generated ${String(n)} of seed ${String(seed)}`, json: one }));
