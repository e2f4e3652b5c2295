import { z } from "zod";
import type { Json } from "#domain/json.ts";
import { parsePath, pathRule } from "../json/path.ts";

/** Names of objects, fields, settings and buckets. */
export const Name = z
  .string()
  .regex(/^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$/, "small letters, digits, _ and dots are accepted here");

export const PathText = z
  .string()
  .refine((text) => parsePath(text) !== undefined, `a path is accepted here: ${pathRule}`);

/** One path, or several of which the first counts where something stands. */
export const Paths = z.union([PathText, z.array(PathText).min(2)]);

/** JSON with placeholders in its texts. */
export const Template: z.ZodType<Json> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(Template),
    z.record(z.string(), Template),
  ]),
);

export const methods = ["get", "post", "put", "patch", "delete"] as const;
export type Method = (typeof methods)[number];

const Url = z
  .string()
  .startsWith("/", "a path that begins with / is accepted here; the host stands in base_url");

const Scalar = z.union([z.string(), z.number(), z.boolean()]);

/** What every request may say; exactly one method has to be there. */
export const Request = {
  get: Url.optional(),
  post: Url.optional(),
  put: Url.optional(),
  patch: Url.optional(),
  delete: Url.optional(),
  host: Name.optional().describe("One of hosts, where it is not base_url."),
  query: z
    .record(z.string(), Scalar)
    .optional()
    .describe("A name that ends in [] is sent once for each value of a list."),
  headers: z.record(z.string(), z.string()).optional().describe("Besides those of the file."),
  body: Template.optional().describe("JSON with placeholders."),
  form: z.record(z.string(), Scalar).optional().describe("A body as a web form sends it."),
  graphql: z
    .strictObject({
      query: z.string().min(1).describe("A GraphQL document, sent as it is."),
      variables: z.record(z.string(), Template).default({}),
    })
    .optional()
    .describe("A GraphQL request: what changes stands in its variables."),
  text: z
    .strictObject({ type: z.string(), is: z.string() })
    .optional()
    .describe("A body that is not JSON: its content type, and a text with placeholders."),
  limits: z.array(Name).optional().describe("Buckets it draws from, instead of the usual ones."),
};

const RequestObject = z.strictObject(Request);
export type RequestSpec = z.output<typeof RequestObject>;

export function methodOf(spec: RequestSpec): { method: Method; path: string } | undefined {
  const given = methods.filter((method) => spec[method] !== undefined);
  const [method] = given;
  const path = method === undefined ? undefined : spec[method];
  return given.length === 1 && method !== undefined && path !== undefined
    ? { method, path }
    : undefined;
}
