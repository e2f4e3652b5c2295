import { z } from "zod";
import { Duration } from "./duration.ts";
import { Parents } from "./read-spec.ts";
import { Name, PathText, Request } from "./request-spec.ts";

/** How one webhook is asked for; {address} is ours, {secret} a fresh one, {hook} a fresh id. */
export const Subscribe = z.strictObject({
  ...Request,
  objects: z.array(Name).min(1).describe("The objects it tells of."),
  events: z
    .array(z.string().regex(/^[\w.:-]{1,80}$/, "the tool's own name of an event is accepted here"))
    .min(1)
    .optional()
    .describe("Where a webhook tells of one event: one for each, {event}."),
  of: Parents.optional().describe("One for each record of a list: {parent}."),
  first: z
    .strictObject({ ...Request, at: PathText.describe("Where it stands in the answer.") })
    .optional()
    .describe("A request for what the webhook begins after: {start}."),
  id: PathText.describe("The tool's id of the webhook, in its answer, for the other requests: {id}."), // prettier-ignore
  keep: z
    .record(Name, PathText)
    .default({})
    .describe("Further values of the answer, for the other requests, by their names."),
  secret: PathText.optional().describe("The secret that messages are signed with, in the answer."),
  expires: z.string().optional().describe("When it ends: path | codec."),
  lasts: Duration.optional().describe(
    "How long it lasts where the tool does not say: {until}. At half of it the webhook is prolonged.",
  ),
});
export type SubscribeSpec = z.output<typeof Subscribe>;

export const Renew = z
  .strictObject({
    ...Request,
    expires: z.string().optional().describe("When it ends from then on: path | codec."),
  })
  .describe(
    "Prolongs a webhook, or only asks whether it is there; one that is not is made again. Without it another one is made in time.",
  );

export const Unsubscribe = z.strictObject(Request).describe("Ends a webhook.");
