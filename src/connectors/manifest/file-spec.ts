import { z } from "zod";
import { uploadKinds } from "../files/upload-options.ts";
import { Name, PathText, Request } from "./request-spec.ts";
import { List } from "./read-spec.ts";

/** How the bytes of a file are had and sent. */
export const Content = z
  .strictObject({
    download: z.strictObject(Request).describe("Answers with the bytes of the file {id}."),
    none: z.string().min(1).describe("Said of a file without bytes, such as an online document."),
    upload: z.discriminatedUnion("kind", uploadKinds).optional().describe("How a file is sent."),
  })
  .describe("Records are files and folders; `content` is what files hold.");

const Below = z.strictObject({ ...Request, records: PathText });

/** For tools that tell a file by its name and the folder it is in, and not by its path. */
export const Tree = z
  .strictObject({
    parent: PathText.describe("Where a record says in which folder it is."),
    name: PathText.describe("Where its name stands."),
    top: z
      .strictObject({ ...Request, at: PathText })
      .describe("Says the id of the folder that everything is in."),
    within: Name.optional().describe("A setting whose value, where given, is that id."),
    folders: List.describe("Every folder; they are read before anything else."),
    child: Below.describe("What is in {parent} under {name}."),
    make: Below.describe("Makes the folder {name} in {parent}."),
  })
  .describe("Gives each record `path`, made of the names above it; a / in a name becomes \u2215.");

export type ContentSpec = z.output<typeof Content>;
export type TreeSpec = z.output<typeof Tree>;
