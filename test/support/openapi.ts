import { existsSync, readFileSync } from "node:fs";
import { Ajv2019, type ValidateFunction } from "ajv/dist/2019.js";

type Json = Record<string, unknown>;
type Parameter = { name: string; in: string; required?: boolean; schema?: Json; $ref?: string };
type Operation = {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Json }> };
  responses: Record<string, Json>;
};
export type Exchange = {
  method: string;
  /** Below the base URL, with its query. */
  path: string;
  sent?: unknown;
  status: number;
  answer: unknown;
};

/** What a vendor's OpenAPI document has against requests and answers: sentences, none where all is well. */
export type Contract = {
  /** Null where the document has no such operation. */
  request(exchange: Exchange): string[] | null;
  answer(exchange: Exchange): string[] | null;
  /** Against one of the document's schemas, which may hold no other fields than these. */
  closed(schema: string, value: unknown): string[];
};

/** The document of this name beside the project; undefined where there are none. */
export function openContract(name: string): Contract | undefined {
  const file = new URL(`../../../shared/specs/${name}`, import.meta.url);
  if (!existsSync(file)) return undefined;
  const document = nullsAllowed(JSON.parse(readFileSync(file, "utf8"))) as Json;
  const paths = document["paths"] as Record<string, Json>;
  const ajv = new Ajv2019({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema({ $id: "spec", ...document });
  const compiled = new Map<string, ValidateFunction>();

  function problems(key: string, schema: Json, value: unknown): string[] {
    const valid = compiled.get(key) ?? ajv.compile(absolute(schema) as Json);
    compiled.set(key, valid);
    if (valid(value)) return [];
    return (valid.errors ?? []).map(({ instancePath, message, params }) => `${key}: ${instancePath} ${message ?? ""} ${JSON.stringify(params)}`); // prettier-ignore
  }

  const resolved = (schema: Json): Json =>
    typeof schema["$ref"] === "string" ? (at(document, schema["$ref"]) as Json) : schema;

  function operationOf({
    method,
    path,
  }: Exchange): { key: string; operation: Operation; shared: Parameter[] } | undefined {
    const [plain = ""] = path.split("?");
    const template = Object.keys(paths).find((each) =>
      new RegExp(`^${each.replace(/\{[^}]+\}/g, "[^/]+")}$`).test(plain),
    );
    const entry = template === undefined ? undefined : paths[template];
    const operation = entry?.[method.toLowerCase()] as Operation | undefined;
    if (operation === undefined) return undefined;
    const shared = (entry?.["parameters"] ?? []) as Parameter[];
    return { key: `${method} ${template ?? ""}`, operation, shared };
  }

  return {
    request(exchange) {
      const found = operationOf(exchange);
      if (found === undefined) return null;
      const { key, operation, shared } = found;
      const known = [...shared, ...(operation.parameters ?? [])]
        .map((each) => resolved(each as unknown as Json) as unknown as Parameter)
        .filter((each) => each.in === "query");
      const query = new URLSearchParams(exchange.path.split("?")[1] ?? "");
      const strangers = [...query.keys()].filter((name) => !known.some((one) => one.name === name));
      const missing = known.filter((one) => one.required === true && !query.has(one.name));
      const wrong = known.flatMap((one) =>
        query.has(one.name) && one.schema !== undefined
          ? problems(
              `${key} ?${one.name}`,
              one.schema,
              typed(query.get(one.name) ?? "", resolved(one.schema)),
            )
          : [],
      );
      const body = operation.requestBody?.content["application/json"]?.schema;
      return [
        ...strangers.map((name) => `${key} has no parameter ${name}`),
        ...missing.map(({ name }) => `${key} needs ${name}`),
        ...wrong,
        ...(body === undefined ? [] : problems(`${key} body`, body, exchange.sent)),
      ];
    },
    answer(exchange) {
      const found = operationOf(exchange);
      if (found === undefined) return null;
      const { key, operation } = found;
      const status = String(exchange.status);
      const response = operation.responses[status] ?? operation.responses["default"];
      // Limits and plans are declared nowhere; they speak as other errors do.
      const declared =
        response ?? (exchange.status >= 400 ? operation.responses["400"] : undefined);
      if (declared === undefined) return [`${key} has no answer ${status}`];
      const content = resolved(declared)["content"] as Record<string, { schema: Json }> | undefined;
      const schema = content?.["application/json"]?.schema;
      return schema === undefined ? [] : problems(`${key} ${status}`, schema, exchange.answer);
    },
    closed(schema, value) {
      const shape = { $ref: `#/components/schemas/${schema}`, unevaluatedProperties: false };
      return problems(`closed ${schema}`, shape, value);
    },
  };
}

/** OpenAPI says `nullable` beside anything, also beside a reference; JSON Schema says it with null itself. */
function nullsAllowed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nullsAllowed);
  if (typeof value !== "object" || value === null) return value;
  const { nullable, ...given } = value as Json;
  const beside = Array.isArray(given["allOf"])
    ? given["allOf"].some((part) => (part as Json)["nullable"] === true)
    : false;
  const parts = beside
    ? { ...given, allOf: (given["allOf"] as Json[]).map(({ nullable: _, ...part }) => part) }
    : given;
  const rest = Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [name, nullsAllowed(part)]),
  );
  return nullable === true || beside ? { anyOf: [rest, { type: "null" }] } : rest;
}

function absolute(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(absolute);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      name === "$ref" && typeof part === "string" && part.startsWith("#") ? `spec${part}` : absolute(part), // prettier-ignore
    ]),
  );
}

const at = (document: unknown, pointer: string): unknown =>
  pointer
    .slice(2)
    .split("/")
    .reduce((part, name) => (part as Json)[name.replaceAll("~1", "/")], document);

function typed(text: string, schema: Json): unknown {
  if (schema["type"] === "array") return text.split(",");
  if (schema["type"] === "boolean") return text === "true" ? true : text === "false" ? false : text;
  if (schema["type"] === "integer" || schema["type"] === "number") return Number(text);
  return text;
}
