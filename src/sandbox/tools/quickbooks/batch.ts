import type { Books } from "./books.ts";
import type { Values } from "./customer-fields.ts";
import {
  Faulty,
  missingParam,
  objectNotFound,
  unsupportedOperation,
  unsupportedProperty,
} from "./errors.ts";
import { query } from "./query.ts";

const LARGEST = 30;
const KEYS = ["bId", "operation", "optionsData", "Query", "Customer"];

/** `POST /batch`: one after the other; an item that fails carries its fault and the rest go on. */
export function batch(body: Values, books: Books, company: Values): Values {
  const items = body["BatchItemRequest"];
  if (!Array.isArray(items) || Object.keys(body).length !== 1)
    throw missingParam("BatchItemRequest");
  if (items.length > LARGEST) {
    throw unsupportedOperation(
      `The batch has ${String(items.length)} items; the maximum is ${String(LARGEST)}`,
    );
  }
  return {
    BatchItemResponse: (items as Values[]).map((item) => {
      const bId = item["bId"];
      try {
        if (typeof bId !== "string") throw missingParam("bId");
        return { ...outcome(item, books, company), bId };
      } catch (error) {
        if (!(error instanceof Faulty)) throw error;
        return { Fault: error.fault, ...(typeof bId === "string" && { bId }) };
      }
    }),
  };
}

function outcome(item: Values, books: Books, company: Values): Values {
  const unknown = Object.keys(item).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) throw unsupportedProperty(`Unrecognized field "${unknown}"`);
  const { Query: statement, operation, Customer: given } = item;
  if (typeof statement === "string") {
    if (operation !== undefined) throw unsupportedOperation("Query and operation in one item");
    return { QueryResponse: query(statement, books, company) };
  }
  if (typeof given !== "object" || given === null) throw missingParam("Customer");
  const customer = given as Values;
  switch (operation) {
    case "create":
      return { Customer: books.create(customer) };
    case "update":
      if (customer["Id"] === undefined) throw objectNotFound();
      return { Customer: books.update(customer) };
    default:
      throw unsupportedOperation(`Operation ${String(operation)} is not supported for Customer`);
  }
}
