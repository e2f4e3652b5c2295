import type { Company } from "../company/company.ts";
import type { Entity, Operation } from "../company/entity.ts";
import {
  Faulty,
  missingParam,
  objectNotFound,
  unsupportedOperation,
  unsupportedProperty,
} from "../errors.ts";
import { isObject, type Values } from "../fields/values.ts";
import { query } from "./query.ts";

const LARGEST = 30;
const KEYS = ["bId", "operation", "optionsData", "Query"];

/**
 * `POST /batch`: one after the other; an item that fails carries its fault and the rest go on. No
 * item can refer to what another one made, though a query finds it.
 */
export function batch(body: Values, company: Company): Values {
  const items = body["BatchItemRequest"];
  if (!Array.isArray(items) || Object.keys(body).length !== 1)
    throw missingParam("BatchItemRequest");
  if (items.length > LARGEST) {
    throw unsupportedOperation(
      `The batch has ${String(items.length)} items; the maximum is ${String(LARGEST)}`,
    );
  }
  const made = new Set<string>();
  return {
    BatchItemResponse: (items as Values[]).map((item) => {
      const bId = item["bId"];
      try {
        if (typeof bId !== "string") throw missingParam("bId");
        return { ...outcome(item, company, made), bId };
      } catch (error) {
        if (!(error instanceof Faulty)) throw error;
        return { Fault: error.fault, ...(typeof bId === "string" && { bId }) };
      }
    }),
  };
}

function outcome(item: Values, company: Company, made: Set<string>): Values {
  const { entities } = company;
  const known = [...KEYS, ...entities.map(({ name }) => name)];
  const unknown = Object.keys(item).find((key) => !known.includes(key));
  if (unknown !== undefined) throw unsupportedProperty(`Unrecognized field "${unknown}"`);
  const { Query: statement, operation } = item;
  if (typeof statement === "string") {
    if (operation !== undefined) throw unsupportedOperation("Query and operation in one item");
    return { QueryResponse: query(statement, company) };
  }
  const entity = entities.find(({ name }) => isObject(item[name]));
  if (entity === undefined) throw missingParam("Customer");
  return { [entity.name]: written(entity, item, made) };
}

function written(entity: Entity, item: Values, made: Set<string>): Values {
  const given = item[entity.name] as Values;
  const options = String((item["optionsData"] as string | undefined) ?? "");
  const operation = operationOf(entity, item["operation"], options);
  const id = given["Id"];
  if (operation !== "create" && (id === undefined || made.has(`${entity.name} ${String(id)}`))) {
    throw objectNotFound();
  }
  const allowDuplicateNumber = options === "allowduplicatedocnum";
  const record = entity.write(operation, given, { allowDuplicateNumber, unseen: made });
  if (operation === "create") made.add(`${entity.name} ${String(record["Id"])}`);
  return record;
}

/** A void is an update with an option. */
function operationOf(entity: Entity, given: unknown, options: string): Operation {
  if (given === "update" && options === "void") return "void";
  if (given === "create" || given === "update" || given === "delete") return given;
  throw unsupportedOperation(`Operation ${String(given)} is not supported for ${entity.name}`);
}
