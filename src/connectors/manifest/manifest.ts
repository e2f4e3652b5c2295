import { z } from "zod";
import { authKinds } from "../auth/index.ts";
import { Duration } from "./duration.ts";
import { ErrorRule, Says } from "./error-rule.ts";
import { Paging } from "../paging/index.ts";
import { Name, PathText, Request, Template } from "./request-spec.ts";
import { Write } from "./write-spec.ts";

const Reading = {
  records: PathText.describe("Where the list of records stands in the answer."),
  next: Paging.optional().describe("How the next page is asked for; without it there is one page."),
  size: z.int().min(1).max(10_000).optional().describe("Records to a page: {size} in the request."),
};

const Read = z.strictObject({ ...Request, ...Reading }).describe("A request that reads a list.");

const Count = z
  .strictObject({ ...Request, at: PathText.describe("Where the number stands.") })
  .describe("A request that says how many records there are.");

const Changes = z.strictObject({
  ...Request,
  ...Reading,
  lag: Duration.describe(
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

const ByIds = z.strictObject({
  ...Request,
  ...Reading,
  ids: z.int().min(1).max(1000).describe("How many ids one request may carry."),
  item: Template.optional().describe("What stands for each {id} in the list {items}."),
});

const Find = z.strictObject({
  ...Request,
  ...Reading,
  fields: z
    .record(Name, z.string())
    .describe("Canonical fields that can be searched by: the tool's name for them, as {field}."),
  values: z.int().min(1).max(1000).describe("How many values one request may carry."),
  item: Template.optional().describe("What stands for each {value} in the list {items}."),
  lag: Duration.optional().describe("How long a record just written may stay invisible to this."),
});

export const ObjectSpec = z.strictObject({
  title: z.string().min(1).describe("What people call it: Contacts."),
  entity: z.string().describe("The canonical kind of record it maps to."),
  id: PathText.describe("Where a record's id stands."),
  changed: z.string().optional().describe("Where it says when it changed: updatedAt | instant."),
  append_only: z.boolean().optional().describe("Records never change once they are there."),
  version: PathText.optional().describe("What an update has to carry to prove it is up to date."),
  gone: z
    .strictObject({ at: PathText, equals: z.union([z.string(), z.boolean()]) })
    .optional()
    .describe("How a record says that it was deleted or archived."),
  deletes: z.string().min(1).describe("How a delete at the tool is seen, in a sentence."),
  empty: z.union([z.string(), z.null()]).describe("What is sent to empty a field."),
  fields: z.record(Name, z.string()).describe("Field lines: canonical name: path | codec."),
  once: z.array(Name).default([]).describe("Fields that are written on create and never again."),
  columns: PathText.optional().describe("Names below this path are {columns} in requests."),
  record_page: z.string().optional().describe("Where a person sees the record {id} in the tool."),
  own_page: z
    .string()
    .startsWith("/")
    .optional()
    .describe("The same where a connection has an address of its own: a path below that."),
  list: Read.extend({ count: Count.optional() }).describe("Reads everything."),
  gone_list: Read.optional().describe("Reads what was deleted, where the list leaves it out."),
  changes: Changes.optional().describe("Reads what changed since {since}."),
  read: ByIds.optional().describe("Reads single records by their ids."),
  find: Find.optional().describe("Finds records by the value of a field."),
  write: Write.optional().describe("Creates, updates and archives records."),
});

const Setting = z.strictObject({
  label: z.string().min(1),
  about: z.string().min(1),
  optional: z.boolean().default(false),
});

const Bucket = z.strictObject({
  calls: z.int().min(1).describe("How many requests …"),
  per: Duration.describe("… in this time."),
});

export const Manifest = z.strictObject({
  connector: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,30}$/, "small letters, digits and hyphens are accepted here"),
  title: z.string().min(1).max(40),
  about: z.string().min(1).max(200),
  version: z.string().min(1).describe("Version of this file, for people."),
  api_version: z.string().optional().describe("The tool's own version: {api_version}."),
  base_url: z.string().describe("Where the tool is, with https and no path parameters."),
  headers: z.record(z.string(), z.string()).default({}).describe("Sent with every request."),
  settings: z.record(Name, Setting).default({}).describe("What a connection has to say."),
  auth: z.record(Name, z.discriminatedUnion("kind", authKinds)).describe("Ways of signing in."),
  check: z
    .strictObject({ ...Request, account: PathText })
    .describe("A request that says whose account this is."),
  limits: z
    .strictObject({
      buckets: z.record(Name, Bucket).default({}),
      usual: z.array(Name).default([]).describe("Buckets of a request that names none."),
      parallel: z.int().min(1).max(50).default(4).describe("Requests in flight at a time."),
    })
    .default({ buckets: {}, usual: [], parallel: 4 }),
  says: Says.default({ code: [], message: [], field: [], failed: [] }),
  errors: z.array(ErrorRule).default([]).describe("What the tool's errors mean; first match wins."),
  objects: z.record(Name, ObjectSpec),
});

export type Manifest = z.output<typeof Manifest>;
export type ObjectSpec = z.output<typeof ObjectSpec>;
export type ReadSpec = z.output<typeof Read>;
export type ChangesSpec = z.output<typeof Changes>;
export type ByIdsSpec = z.output<typeof ByIds>;
export type CountSpec = z.output<typeof Count>;
