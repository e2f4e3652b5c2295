import { isUtf8 } from "node:buffer";
import type { Shelf } from "../../../collection.ts";
import { type Answer, json, type Request, type Route } from "../../http.ts";
import type { Company } from "../company/company.ts";
import type { Entity, Operation } from "../company/entity.ts";
import {
  missingParam,
  objectNotFound,
  unsupportedOperation,
  unsupportedProperty,
} from "../errors.ts";
import { isObject, type Values } from "../fields/values.ts";
import { localTime } from "../time.ts";
import { batch } from "./batch.ts";
import { changes } from "./changes.ts";
import { query } from "./query.ts";
import { openReplays } from "./replays.ts";

/** QuickBooks' interface, as far as it goes here. */
export function routesOf(company: Company, shelf: Shelf): Route[] {
  const replayed = openReplays(shelf);
  const timed = (value: Values) => json(200, { ...value, time: localTime(Date.now(), true) });
  const at = (method: string, path: string, handle: (request: Request) => Answer): Route => ({
    method,
    path: `/v3/company/:realm/${path}`,
    handle: (request) => replayed(request, () => handle(request)),
  });

  const entityRoutes = (entity: Entity): Route[] => {
    const path = entity.name.toLowerCase();
    return [
      at("GET", `${path}/:id`, (request) => {
        const record = entity.get(request.params["id"] ?? "");
        if (record === undefined) throw objectNotFound();
        return timed({ [entity.name]: record });
      }),
      at("POST", path, (request) => {
        const given = bodyOf(request);
        const operation = operationOf(request, entity, given);
        const allowDuplicateNumber = includes(request).includes("allowduplicatedocnum");
        const way = { allowDuplicateNumber, unseen: new Set<string>() };
        return timed({ [entity.name]: entity.write(operation, given, way) });
      }),
    ];
  };

  return [
    at("GET", "companyinfo/:id", () => timed({ CompanyInfo: company.info })),
    ...company.entities.flatMap(entityRoutes),
    at("GET", "query", (request) => {
      const statement = request.query.get("query");
      if (statement === null) throw missingParam("query");
      return timed({ QueryResponse: query(statement, company) });
    }),
    at("POST", "query", (request) => {
      if (!/^(application|text)\/(text|plain)/.test(request.headers["content-type"] ?? "")) {
        throw unsupportedOperation("Content-Type must be application/text.");
      }
      return timed({ QueryResponse: query(request.body, company) });
    }),
    at("GET", "cdc", (request) => timed(changes(request.query, company))),
    at("POST", "batch", (request) => timed(batch(bodyOf(request), company))),
  ];
}

const includes = (request: Request): string[] =>
  (request.query.get("include") ?? "").toLowerCase().split(",");

/** Without a word it is an update where there is an id; a void is also an update that includes it. */
function operationOf(request: Request, entity: Entity, given: Values): Operation {
  const operation = request.query.get("operation") ?? "update";
  switch (operation) {
    case "update":
      if (includes(request).includes("void")) return "void";
      return given["Id"] === undefined ? "create" : "update";
    case "create":
    case "delete":
    case "void":
      return operation;
    default:
      throw unsupportedOperation(`Operation ${operation} is not supported for ${entity.name}.`);
  }
}

function bodyOf(request: Request): Values {
  if (!(request.headers["content-type"] ?? "").startsWith("application/json")) {
    throw unsupportedOperation("Content-Type must be application/json.");
  }
  if (!isUtf8(request.raw)) throw unsupportedOperation("The body is not encoded in UTF-8.");
  let value: unknown;
  try {
    value = JSON.parse(request.body);
  } catch {
    throw unsupportedProperty("Unexpected end-of-input or character in the JSON body, which");
  }
  if (isObject(value)) return value;
  throw unsupportedProperty("The body is not an object, which");
}
