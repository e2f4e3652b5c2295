import { z } from "zod";
import { Name, PathText, Request, Template } from "./request-spec.ts";

const Match = z
  .union([z.literal("position"), z.record(PathText, PathText)])
  .describe(
    "Path in the result: path in what was sent; the first pair that is there counts. `position` where the tool promises the same order.",
  );

const Sign = z.union([
  PathText,
  z.strictObject({ at: PathText, equals: z.union([z.string(), z.boolean()]) }),
]);

const Results = z.strictObject({
  each: PathText.optional().describe(
    "The list of results; without it the answer is the one result.",
  ),
  match: Match.optional().describe("How a result is told to belong to a write."),
  record: PathText.optional().describe("The record within a result."),
  id: PathText.optional().describe("The record's id, where a result calls it otherwise."),
  as_written: z
    .literal(true)
    .optional()
    .describe(
      "The result shows the whole record as it is now: a field that is not there as it was written, or a record that is gone, is told as a refusal.",
    ),
  made: Sign.optional().describe(
    "A result that has this tells of a record that was not there before: of an upsert, whose it was need not be looked up.",
  ),
  failed: Sign.optional().describe("A result that has this is a refusal."),
  status: PathText.optional().describe("A result's own HTTP status; from 300 on it is a refusal."),
  failures: z
    .strictObject({ each: PathText, match: Match })
    .optional()
    .describe("Refusals that stand in a list of their own."),
});

const After = z
  .strictObject({
    ...Request,
    field: Name.describe("Done where the record has this field; it is what {value} stands for."),
    equals: z.string().optional().describe("Done only where the field has this value of ours."),
    batch: z
      .int()
      .min(1)
      .max(1000)
      .default(1)
      .describe("How many records one request may carry, as {items}; {id} and {value} where one."),
    item: Template.optional().describe("What stands for each record in {items}: {id}, {value}."),
    failed: PathText.optional().describe(
      "In a good answer: the first refusal, if there is one. Each record of the batch is asked for alone then.",
    ),
    new: z
      .literal(true)
      .optional()
      .describe("That there is one already is a refusal: it is another one than is asked for."),
  })
  .describe("A further request for records that were just written: {id} is a record's id.");

const Call = z.strictObject({
  ...Request,
  create: Template.optional().describe(
    "What is sent to create a record, in {items} or as {item}; {flow} and {key} tell where it is from.",
  ),
  update: Template.optional().describe("What is sent to update a record."),
  archive: Template.optional().describe("What is sent to archive a record."),
  upserts_by: Name.optional().describe(
    "An optional setting: a field by which the tool upserts. A connection that has it creates records by this call, and repeat is upsert there.",
  ),
  event: z
    .string()
    .optional()
    .describe("Also sent to whoever asked to be told of this event: customer.{change}."),
  results: Results.optional().describe("Left out where an answer without content means done."),
  after: z.array(After).default([]).describe("Further requests for what was written."),
});

/** How an object is written. Each call takes those writes of a request that it has a template for. */
export const Write = z.strictObject({
  batch: z
    .int()
    .min(1)
    .max(1000)
    .describe("How many writes one request may carry; with one, {id} and {fields} stand anywhere in it."), // prettier-ignore
  parallel: z.int().min(1).max(20).default(1).describe("Requests in flight together."),
  repeat: z
    .enum(["request_id", "upsert", "lookup", "nothing"])
    .describe("What makes a repeated request harmless."),
  known_by: z
    .enum(["id", "key"])
    .default("id")
    .describe(
      "key: a record gets no id there but is known by its key at the source, {key}, and cannot be read back; what is answered is not read.",
    ),
  needs: z.array(Name).default([]).describe("Fields without which a record cannot be created."),
  settings: z
    .array(Name)
    .default([])
    .describe("Optional settings without which it can be read, but not written."),
  calls: z.array(Call).min(1).describe("The requests that write."),
});

export type WriteSpec = z.output<typeof Write>;
export type WriteCall = z.output<typeof Call>;
export type AfterSpec = z.output<typeof After>;
export type ResultsSpec = z.output<typeof Results>;
export type SignSpec = z.output<typeof Sign>;
export type MatchSpec = z.output<typeof Match>;
