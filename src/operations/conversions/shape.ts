import { namePattern, nameRule } from "#domain/ids.ts";
import { entityNames } from "#domain/entities/index.ts";
import { z } from "zod";

const kinds = `one of ${entityNames.join(", ")} is expected here`;
const cell = z.union(
  [
    z.string().max(500),
    z.boolean(),
    z.strictObject({ day: z.string(), plus: z.int().min(-3660).max(3660) }),
    z.strictObject({
      of: z.string(),
      words: z.record(z.string(), z.string()),
      else: z.string().optional(),
    }),
  ],
  { error: 'a text such as "Invoice for {title}", { day: "{close_date}", plus: 30 } or { of: "{status}", words: { paid: done }, else: open }, is expected here' }, // prettier-ignore
);
const template = z.record(
  z.string(),
  z.union([cell, z.array(z.record(z.string(), cell)).min(1).max(50)]),
  { error: "fields with what stands in them are expected here" },
);

/** What a conversion file may say. */
export const ConversionFile = z
  .strictObject(
    {
      conversion: z
        .string({ error: "conversion must be its name, such as deal-to-invoice" })
        .regex(namePattern, { error: `a name is ${nameRule}` }),
      title: z.string({ error: "title must be a text" }).min(1).max(75),
      from: z.enum(entityNames, { error: kinds }),
      to: z.enum(entityNames, { error: kinds }),
      once: z.boolean({ error: "once must be true or false" }).default(false),
      follows: z.boolean({ error: "follows must be true or false" }).default(false),
      record: template.optional(),
      records: z
        .record(z.string().regex(namePattern, { error: `a name is ${nameRule}` }), template, {
          error: "names with the record that each stands for are expected here",
        })
        .optional(),
    },
    { error: "a conversion has conversion, title, from, to, once, follows, and record or records" },
  )
  .refine(({ record, records }) => (record === undefined) !== (records === undefined), {
    error: "a conversion has either record, for one, or records, for several",
  })
  .refine(({ once, follows }) => !(once && follows), {
    error: "what is made once is left alone, so follows must be false",
    path: ["follows"],
  });
export type ConversionFile = z.output<typeof ConversionFile>;
