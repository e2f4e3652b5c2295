import type { Plain } from "#domain/fields.ts";
import type { Test } from "#domain/condition.ts";
import { z } from "zod";

const text = "a text (quote a number), true, false or null is expected here";
const plain = z.union([z.string(), z.boolean(), z.null()], { error: text });
const list = "a list is expected here, such as [open, won]";
const day = "a day is expected here: today, { today: -7 } or 2026-01-01";
const number = z.string({ error: 'a number in quotes is expected here, such as "1000"' });
const when = z.union([z.string(), z.strictObject({ today: z.int().min(-36_500).max(36_500) })], {
  error: day,
});
const yes = (name: string) => z.literal(true, { error: `${name} can only be true` });

const Asked = z
  .strictObject({
    not: z.union([plain, z.array(plain, { error: list }).min(1, { error: list })], { error: text }),
    any: z.array(plain, { error: list }).min(1, { error: list }),
    more_than: number,
    less_than: number,
    before: when,
    after: when,
    filled: yes("filled"),
    empty: yes("empty"),
  })
  .partial();

export const operators = Object.keys(Asked.shape);

/** A value, or what is asked of one. Each is judged as what it looks like, so that the fault is said of that. */
const Condition = z.unknown().transform((given, context): Plain | Test => {
  const isTest = typeof given === "object" && given !== null;
  const read = (isTest ? Asked : plain).safeParse(given);
  if (!read.success) {
    for (const issue of read.error.issues) context.issues.push({ ...issue, input: given } as never);
    return z.NEVER;
  }
  if (typeof read.data === "object" && read.data !== null && Object.keys(read.data).length === 0) {
    context.addIssue(`one of ${operators.join(", ")} is expected here`);
    return z.NEVER;
  }
  return read.data as Plain | Test;
});

/** Conditions as people write them down: `status: { not: lost }`. */
export const Conditions = z.record(z.string(), Condition, {
  error: "where must be fields with values, such as { status: won }",
});
