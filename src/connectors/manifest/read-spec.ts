import { z } from "zod";
import { Duration } from "./duration.ts";
import { Paging } from "../paging/index.ts";
import { Name, Paths, PathText, Request, Template } from "./request-spec.ts";

/** How a record says that it was deleted or archived. */
export const Gone = z.strictObject({ at: PathText, equals: z.union([z.string(), z.boolean()]) });

const Entry = z.strictObject({
  record: PathText.optional().describe("The record within an entry of the list; it may be absent."),
  id: PathText.optional().describe("The record's id within an entry, where it stands beside it."),
  gone: Gone.optional().describe("How an entry says that its record is gone."),
});

/** Events that somebody sends us, in place of a list that we ask for. */
export const Inbox = z
  .strictObject({
    record: PathText.default("$").describe("The record within an event; all of it unless said."),
    id: PathText.optional().describe("The record's id in an event, where it stands beside it."),
    event: PathText.optional().describe("The event's own id, where no header says it."),
    at: z
      .string()
      .optional()
      .describe("When it happened: time | instant. What comes late changes nothing then."),
    gone: Gone.optional().describe("How an event says that its record is gone."),
  })
  .describe("Records come as events that somebody sends to an address of ours.");
/** What belongs to records and is told in another list than they are. */
export const Join = z
  .strictObject({
    ...Request,
    ids: z.int().min(1).max(1000).describe("How many ids one request may carry; {id} where one."),
    item: Template.optional().describe("What stands for each {id} in the list {items}."),
    records: PathText.describe("Where the list stands in the answer."),
    id: PathText.describe("In its entries: the id of the record that one belongs to."),
    take: PathText.default("$").describe("What is taken of an entry; all of it unless said."),
    into: PathText.describe("Where it is put into the record, as if it had come with it."),
  })
  .describe("A further list, asked for by the ids of the records that a list or a read brought.");
const Beside = z
  .strictObject({
    rows: PathText.describe("Where all of them stand in the answer."),
    of: PathText.describe("Where a row says whose it is."),
    id: PathText.default("id").describe("What of a record it says."),
  })
  .describe("Rows that stand beside the records in an answer and belong to one of them each.");

const Reading = {
  joins: z.array(Name).default([]).describe("Of the object's joins: what its records lack."),
  records: Paths.describe(
    "Where the list of records stands in the answer; a single record counts as a list of one.",
  ),
  entry: Entry.optional().describe("For lists whose entries are not the records themselves."),
  beside: z
    .record(z.string().regex(/^[A-Za-z]\w*$/, "letters, digits and _ are accepted here"), Beside)
    .default({})
    .describe("Lists put into each record, by name: the rows beside the records that are its own."),
  next: Paging.optional().describe("How the next page is asked for; without it there is one page."),
  then: z
    .strictObject(Request)
    .optional()
    .describe("The request for every page but the first, where it is another one."),
  size: z.int().min(1).max(10_000).optional().describe("Records to a page: {size} in the request."),
};

export const Parents = z
  .strictObject({
    ...Request,
    ...Reading,
    id: PathText.describe("Where a parent's id stands: {parent} in the list's requests."),
  })
  .describe("What the list is asked for, one after the other: the projects whose tasks are read.");

const Listing = {
  each: Parents.optional(),
  compact: z
    .boolean()
    .default(false)
    .describe("The list says which records there are, not what they hold now: `read` brings them."),
};

export const Count = z
  .strictObject({ ...Request, at: PathText.describe("Where the number stands.") })
  .describe("A request that says how many records there are.");

export const List = z
  .strictObject({ ...Request, ...Reading, ...Listing, count: Count.optional() })
  .describe("Reads everything.");

export const Gonelist = z.strictObject({ ...Request, ...Reading, ...Listing });

const Feed = z
  .strictObject({
    start: z
      .strictObject({ ...Request, at: PathText })
      .optional()
      .describe("Asked before everything is read: where the feed begins."),
    final: PathText.describe("Where the last page says how to go on next time: {token}."),
    of_list: PathText.optional().describe("The same in the last page of the list, without start."),
  })
  .describe("A feed that goes on from a token instead of a time.");

export const Changes = z.strictObject({
  ...Request,
  ...Reading,
  ...Listing,
  feed: Feed.optional(),
  lag: Duration.optional().describe(
    "How far back each read overlaps the one before: the tool's clock and index are not ours.",
  ),
  count: Count.optional(),
  tie: z
    .strictObject(Request)
    .optional()
    .describe(
      "For paging kind window: the same for one moment alone, from {after_id} on, in order of id.",
    ),
});

export const ByIds = z.strictObject({
  ...Request,
  ...Reading,
  ids: z.int().min(1).max(1000).describe("How many ids one request may carry; {id} where one."),
  item: Template.optional().describe("What stands for each {id} in the list {items}."),
});

export const Find = z.strictObject({
  ...Request,
  ...Reading,
  fields: z
    .record(Name, z.string())
    .describe(
      "Canonical fields that can be searched by: the tool's name for them, as {field}; {Name} for a column.",
    ),
  values: z.int().min(1).max(1000).describe("How many values one request may carry; {value} where one."), // prettier-ignore
  length: z
    .int()
    .min(1)
    .optional()
    .describe(
      "How many characters they may have together, as JSON; a longer one is nowhere to be found.",
    ),
  item: Template.optional().describe("What stands for each {value} in the list {items}."),
  lag: Duration.optional().describe("How long a record just written may stay invisible to this."),
});

export type InboxSpec = z.output<typeof Inbox>;
export type ListSpec = z.output<typeof List>;
export type JoinSpec = z.output<typeof Join>;
export type ReadSpec = Omit<ListSpec, "count" | "each" | "compact" | "beside"> &
  Partial<Pick<ListSpec, "each" | "compact" | "beside">>;
export type BesideSpec = z.output<typeof Beside>;
export type ParentsSpec = z.output<typeof Parents>;
export type ChangesSpec = z.output<typeof Changes>;
export type ByIdsSpec = z.output<typeof ByIds>;
export type CountSpec = z.output<typeof Count>;
