import { z } from "zod";
import { authKinds } from "../auth/index.ts";
import { Duration } from "./duration.ts";
import { ErrorRule, Says } from "./error-rule.ts";
import { Failures } from "./failures-spec.ts";
import { ObjectSpec } from "./object-spec.ts";
import { Name, PathText, Request } from "./request-spec.ts";
import { Setting } from "./setting-spec.ts";
import { Webhooks } from "./webhooks-spec.ts";

export type { ObjectSpec } from "./object-spec.ts";

const Bucket = z.strictObject({
  calls: z.int().min(1).describe("How many requests …"),
  per: Duration.describe("… in this time."),
});

const Budget = z
  .strictObject({
    calls: z.int().min(1).describe("Calls that the smallest plan allows in a day."),
    told: z
      .strictObject({
        header: z.string().min(1).describe("The header that tells it."),
        form: z.enum(["remaining", "used/limit"]).describe("What its numbers are."),
        keep: z.int().min(0).default(0).describe("Calls left to others: at this number we stop."),
      })
      .optional()
      .describe("Where the tool tells in its answers how much of it is left."),
  })
  .describe("An allowance for a day, of which a flow may be given a share.");

const chosen = {
  setting: Name.describe("The setting that holds the address …"),
  within: z.array(z.string().min(3)).min(1).describe("… which has to be in one of these domains."),
};
const Chosen = z.strictObject(chosen);
const Address = z.union([z.string(), Chosen]);
const BaseUrl = z.union([
  z.string(),
  z.strictObject({
    ...chosen,
    else: z
      .literal("credential")
      .optional()
      .describe(
        "Where the setting says nothing, signing in says it: see base. It fills the setting in.",
      ),
  }),
]);

export const Manifest = z.strictObject({
  connector: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,30}$/, "small letters, digits and hyphens are accepted here")
    .describe("The connector's own name."),
  title: z.string().min(1).max(40).describe("What the tool is called."),
  about: z.string().min(1).max(200).describe("What the tool is, for people who choose one."),
  version: z.string().min(1).describe("Version of this file, for people."),
  api_version: z.string().optional().describe("The tool's own version: {api_version}."),
  base_url: BaseUrl.describe(
    "Where the tool is, with https and no path parameters; `credential` where that says it.",
  ),
  sign_in: Chosen.optional().describe(
    "Where people and apps sign in, if a connection may say: its host stands for that of authorize, token, audience and revoke.",
  ),
  hosts: z.record(Name, Address).default({}).describe("Further addresses of the tool, by name."),
  headers: z.record(z.string(), z.string()).default({}).describe("Sent with every request."),
  settings: z.record(Name, Setting).default({}).describe("What a connection has to say."),
  auth: z.record(Name, z.discriminatedUnion("kind", authKinds)).describe("Ways of signing in."),
  check: z
    .strictObject({
      ...Request,
      account: PathText,
      scopes: PathText.optional().describe("Where the answer lists what the credential may do."),
      where: Name.optional().describe("Asked only where the credential has this value."),
    })
    .optional()
    .describe("A request that says whose account this is; left out where nothing can be asked."),
  limits: z
    .strictObject({
      buckets: z.record(Name, Bucket).default({}).describe("How much may be asked, by name."),
      usual: z.array(Name).default([]).describe("Buckets of a request that names none."),
      parallel: z.int().min(1).max(50).default(4).describe("Requests in flight at a time."),
      budget: Budget.optional(),
    })
    .default({ buckets: {}, usual: [], parallel: 4 })
    .describe("How much may be asked."),
  says: Says.default({ code: [], message: [], field: [], failed: [] }).describe(
    "Where the tool's errors say what they are.",
  ),
  errors: z.array(ErrorRule).default([]).describe("What the tool's errors mean; first match wins."),
  objects: z.record(Name, ObjectSpec).describe("What the tool holds, by name."),
  tells: z
    .strictObject(Request)
    .optional()
    .describe(
      "How it is told of what happens here, one event a request: {request} is its id, {type}, {place} where it happened, {subject}, {time} and {data}.",
    ),
  webhooks: Webhooks.optional().describe("Messages that the tool sends to us."),
  failures: Failures.optional(),
});

export type Manifest = z.output<typeof Manifest>;
export type ChosenAddress = z.output<typeof Chosen>;
export type BudgetSpec = z.output<typeof Budget>;
