import { z } from "zod";
import { Duration } from "./duration.ts";
import { PathText } from "./request-spec.ts";

const Paths = z.array(PathText).default([]);

/** Where the tool's errors say what they are; of several paths the first that is there counts. */
export const Says = z.strictObject({
  code: Paths.describe(
    "The error's code; of several paths the first counts where something stands.",
  ),
  message: Paths.describe("What a person is told."),
  field: Paths.describe("The tool's name of the field it is about."),
  failed: Paths.describe(
    "An answer with status 200 that has one of these is an error all the same.",
  ),
});
export type Says = z.output<typeof Says>;

/** What an error can mean. */
export const meanings = {
  rate_limited: "Come back after a while; nothing was done.",
  quota_spent: "The day's or month's allowance is gone.",
  unavailable: "The tool does not work just now.",
  sign_in_again: "The credential no longer works.",
  not_permitted: "The credential may not do this.",
  rejected: "This record is refused.",
  exists: "There is one like it already.",
  stale: "Somebody changed the record meanwhile.",
  missing:
    "The record is not there; where an {id} is captured and is another one, what it refers to.",
  too_large: "The request is too large; half of it may do.",
  expired_cursor: "The place in the list is forgotten; read from the beginning.",
  ignored: "Nothing to read here; counted and shown.",
} as const;
export type Meaning = keyof typeof meanings;

const Text = z.union([z.string(), z.array(z.string()).min(1)]);
const Status = z.int().min(200).max(599);

/** All conditions that are given have to hold. */
export const ErrorRule = z.strictObject({
  status: z
    .union([Status, z.array(Status).min(1)])
    .optional()
    .describe("The answer's status."),
  code: Text.optional().describe("What says.code finds."),
  at: PathText.optional().describe("Where something stands, whatever it is unless equals says."),
  equals: Text.optional().describe("What stands at `at`."),
  contains: z
    .string()
    .optional()
    .describe(
      "Part of the message, or of what stands at `at`; {id} stands for letters and digits, {field} for the tool's name of a field.",
    ),
  text: z.string().optional().describe("Part of the whole answer as it is, JSON or not."),
  is: z.enum(Object.keys(meanings) as [Meaning, ...Meaning[]]).describe("What it means."),
  wait_header: z.string().optional().describe("Header with seconds or a date."),
  wait_at: PathText.optional().describe("Where the body says how many seconds to wait."),
  wait: Duration.optional().describe("How long to wait where nothing says so."),
  until: z
    .enum(["utc_midnight", "month_end"])
    .optional()
    .describe("For quota_spent: when there is more."),
  class: z
    .enum(["invalid", "rejected", "conflict", "missing_reference", "too_large"])
    .optional()
    .describe("For rejected: what kind of refusal it is."),
  field: z
    .string()
    .optional()
    .describe("The canonical field it is about, where the tool is silent."),
  message: z.string().optional().describe("Said instead of the tool's words."),
  counted: z.literal(true).optional().describe("Has to stand with is: ignored."),
});
export type ErrorRule = z.output<typeof ErrorRule>;
