import { z } from "zod";
import { FieldSpec } from "./field-line.ts";
import { ByIds, Changes, Find, Gone, Gonelist, Inbox, Join, List } from "./read-spec.ts";
import { Content, Tree } from "./file-spec.ts";
import { Only } from "./only.ts";
import { Name, PathText } from "./request-spec.ts";
import { WholeGroup } from "./whole.ts";
import { Write } from "./write-spec.ts";

export const ObjectSpec = z.strictObject({
  title: z.string().min(1).describe("What people call it: Contacts."),
  entity: z.string().describe("The canonical kind of record it maps to."),
  optional: z
    .literal(true)
    .optional()
    .describe("Not every account has it: one that has others of them is connected all the same."),
  id: PathText.describe("Where a record's id stands."),
  only: Only.optional().describe(
    "A record that has nothing there, or something else, is none of this object's.",
  ),
  changed: z.string().optional().describe("Where it says when it changed: updatedAt | instant."),
  changed_by: z.string().optional().describe("Where it says who changed it, as people call them."),
  append_only: z.boolean().optional().describe("Records never change once they are there."),
  version: PathText.optional().describe("What an update has to carry to prove it is up to date."),
  gone: Gone.optional().describe("How a record says that it was deleted or archived."),
  merged: z
    .strictObject({
      into: PathText.optional().describe("In one that is gone: the id of the record it became."),
      from: PathText.optional().describe(
        "In one that stays: the ids it has swallowed, split at ;.",
      ),
    })
    .optional()
    .describe("How the tool tells that two records became one."),
  deletes: z.string().min(1).describe("How a delete at the tool is seen, in a sentence."),
  sweep: z
    .boolean()
    .default(false)
    .describe("Deletes are seen by nothing else than asking for each known record again."),
  empty: z.union([z.string(), z.null()]).describe("What is sent to empty a field."),
  absent: z
    .enum(["unknown", "empty"])
    .default("unknown")
    .describe(
      "What a field means that a record leaves out. empty only where the requests name their {columns}, so that one that is asked for and does not come is empty.",
    ),
  fields: z.record(Name, FieldSpec).describe("Canonical name: path | codec."),
  renames: Name.optional().describe("The setting that says how a connection calls {columns}."),
  once: z.array(Name).default([]).describe("Fields that are written on create and never again."),
  whole: z
    .array(WholeGroup)
    .default([])
    .describe("Groups of fields that the tool takes only together."),
  columns: PathText.optional().describe("Names below this path are {columns} in requests."),
  record_page: z
    .string()
    .optional()
    .describe("Where a person sees the record {id} in the tool; from / on it is below base_url."),
  own_page: z
    .string()
    .startsWith("/")
    .optional()
    .describe("The same where a connection has an address of its own: a path below that."),
  joins: z.record(Name, Join).default({}).describe("What belongs to records and comes apart from them."), // prettier-ignore
  content: Content.optional(),
  tree: Tree.optional(),
  list: List.optional(),
  inbox: Inbox.optional().describe("Instead of a list, where the records are sent to us."),
  gone_list: Gonelist.optional().describe("Reads what was deleted, where the list leaves it out."),
  changes: Changes.optional().describe("Reads what changed since {since}."),
  read: ByIds.optional().describe("Reads single records by their ids."),
  find: Find.optional().describe("Finds records by the value of a field."),
  write: Write.optional().describe("Creates, updates and archives records."),
});

export type ObjectSpec = z.output<typeof ObjectSpec>;
