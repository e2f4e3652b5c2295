import { z } from "zod";
import { Only } from "./only.ts";
import { Name, PathText, Request } from "./request-spec.ts";

const Choices = z
  .strictObject({
    ...Request,
    records: PathText.describe("The list of what it may be: its first page, one hundred of them."),
    only: Only.optional().describe("One that has nothing there, or something else, is left out."),
    value: PathText.describe("What the setting is then, in one of them."),
    label: PathText.describe("What people know it by."),
    also: z
      .record(Name, PathText)
      .default({})
      .describe("Further settings that go with it: { business_id: business.id }."),
  })
  .describe(
    "Asked once somebody has signed in, so that it can be chosen instead of typed; the only one there is counts as chosen.",
  );

export const Setting = z.strictObject({
  label: z.string().min(1).describe("What people call it."),
  about: z.string().min(1).describe("Where a person finds it."),
  optional: z.boolean().default(false).describe("Whether it may be left out."),
  default: z.string().optional().describe("What it is unless a connection says otherwise."),
  kind: z
    .enum(["text", "columns"])
    .default("text")
    .describe(
      "columns: one line for each field, `email = E-mail address`; nothing leaves it out, `* =` all others.",
    ),
  choices: Choices.optional(),
});

export type ChoicesSpec = z.output<typeof Choices>;
