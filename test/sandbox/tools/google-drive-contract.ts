import { existsSync, readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";

const file = new URL("../../../../shared/specs/google-drive-v3.discovery.json", import.meta.url);
export const contractIsHere = existsSync(file);

type Parameter = { type: string; required?: boolean; location?: string };
export type DiscoveredMethod = {
  id: string;
  httpMethod: string;
  path: string;
  parameters?: Record<string, Parameter>;
  request?: { $ref: string };
  response?: { $ref: string };
  scopes?: string[];
  supportsMediaDownload?: boolean;
};
export type Discovery = {
  parameters: Record<string, Parameter>;
  schemas: Record<string, Schema>;
  resources: Record<string, { methods: Record<string, DiscoveredMethod> }>;
};

export type Exchange = {
  method: string;
  url: URL;
  sent: unknown;
  status: number;
  received: unknown;
};

export const discovery = (): Discovery => JSON.parse(readFileSync(file, "utf8")) as Discovery;

export const discoveredMethods = (): DiscoveredMethod[] =>
  Object.values(discovery().resources).flatMap(({ methods }) => Object.values(methods));

const ERROR = {
  type: "object",
  required: ["error"],
  additionalProperties: false,
  properties: {
    error: {
      type: "object",
      required: ["errors", "code", "message"],
      additionalProperties: false,
      properties: {
        code: { type: "integer" },
        message: { type: "string" },
        errors: {
          type: "array",
          minItems: 1,
          items: {
            type: "object",
            required: ["domain", "reason", "message"],
            additionalProperties: false,
            properties: Object.fromEntries(
              ["domain", "reason", "message", "locationType", "location"].map((name) => [
                name,
                { type: "string" },
              ]),
            ),
          },
        },
      },
    },
  },
};

type Schema = {
  $ref?: string;
  type?: string;
  enum?: unknown[];
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema;
};

/** One of Google's schemas with every object closed, so that a misspelling shows. */
function closed({
  $ref,
  type,
  enum: words,
  items,
  properties,
  additionalProperties,
}: Schema): object {
  if ($ref !== undefined) return { $ref: `drive#/schemas/${$ref}` };
  return {
    ...(type === undefined || type === "any" ? {} : { type }),
    ...(words === undefined ? {} : { enum: words }),
    ...(items === undefined ? {} : { items: closed(items) }),
    ...(properties === undefined
      ? {}
      : { properties: eachClosed(properties), additionalProperties: false }),
    ...(additionalProperties === undefined
      ? {}
      : { additionalProperties: nullable(closed(additionalProperties)) }),
  };
}

/** "Entries with null values are cleared", say the words, where the schema says text alone. */
const nullable = (schema: object): object => ({ anyOf: [schema, { type: "null" }] });

const eachClosed = (schemas: Record<string, Schema>): Record<string, object> =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, closed(schema)]));

/** What the discovery document says against an exchange; null where it has nothing to say. */
export function discoveryJudge(): (exchange: Exchange) => string | null {
  const { schemas, parameters } = discovery();
  const methods = discoveredMethods();
  const ajv = new Ajv({ strict: false, validateFormats: false });
  ajv.addSchema({ schemas: eachClosed(schemas) }, "drive");
  const schemaOf = (name: string): ValidateFunction =>
    ajv.getSchema(`drive#/schemas/${name}`) ?? ajv.compile({ $ref: `drive#/schemas/${name}` });
  const isError = ajv.compile(ERROR);

  return ({ method, url, sent, status, received }) => {
    if (status >= 400) return isError(received) ? null : ajv.errorsText(isError.errors);
    const path = url.pathname.replace(/^(\/resumable)?(\/upload)?\/drive\/v3\//, "");
    const known = methods.find((one) => one.httpMethod === method && pattern(one.path).test(path));
    if (known === undefined) return method === "PUT" ? null : `${method} ${path} is no method`;
    const asked = askedWrongly(known, parameters, url.searchParams);
    if (asked !== null) return asked;
    const problems = [
      [known.request, sent],
      [known.response, received],
    ] as const;
    for (const [ref, value] of problems) {
      if (ref === undefined || typeof value !== "object" || value === null) continue;
      const valid = schemaOf(ref.$ref);
      if (!valid(value)) return `${known.id}: ${ajv.errorsText(valid.errors)}`;
    }
    return null;
  };
}

function askedWrongly(
  { id, parameters = {} }: DiscoveredMethod,
  common: Record<string, Parameter>,
  asked: URLSearchParams,
): string | null {
  const strange = [...asked.keys()].find((name) => !(name in common) && !(name in parameters));
  if (strange !== undefined) return `${id} has no parameter ${strange}`;
  const lacking = Object.entries(parameters).find(
    ([name, { required, location }]) =>
      required === true && location === "query" && !asked.has(name),
  );
  return lacking === undefined ? null : `${id} needs ${lacking[0]}`;
}

const pattern = (path: string): RegExp => new RegExp(`^${path.replace(/\{[^}]+\}/g, "[^/]+")}$`);
