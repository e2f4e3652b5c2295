import { json, Refusal } from "../http.ts";
import { localTime } from "./time.ts";

export type QboError = { Message: string; Detail: string; code: string; element: string };
export type Fault = { Error: QboError[]; type: string };

/** An error of the accounting layer; a batch puts its fault into the item instead. */
export class Faulty extends Refusal {
  readonly fault: Fault;

  constructor(fault: Fault, status = 400) {
    super(json(status, { Fault: fault, time: localTime(Date.now(), true) }));
    this.fault = fault;
  }
}

const invalid = (code: string, Message: string, Detail: string, element = ""): Faulty =>
  new Faulty({ Error: [{ Message, Detail, code, element }], type: "ValidationFault" });

export const unsupportedProperty = (what: string): Faulty =>
  invalid(
    "2010",
    "Request has invalid or unsupported property",
    `Property Name:${what} specified is unsupported or invalid`,
  );

export const missingParam = (name: string): Faulty =>
  invalid(
    "2020",
    "Required param missing, need to supply the required value for the API",
    `Required parameter ${name} is missing in the request`,
    name,
  );

/** Code and texts of 2040 rest on the pattern of its neighbours, not on a recorded answer. */
export const invalidString = (element: string): Faulty =>
  invalid(
    "2040",
    "Invalid String",
    "Invalid String : a name must not contain a colon, tab or new line",
    element,
  );

export const invalidLength = (element: string, max: number, given: number): Faulty =>
  invalid(
    "2050",
    "String length is either shorter or longer than supported by specification",
    `String length specified does not match the supported length. Min:0 Max:${max.toLocaleString("en")} supported. Supplied length:${given.toLocaleString("en")}`,
    element,
  );

export const invalidEmail = (value: string): Faulty =>
  invalid(
    "2210",
    "Invalid Email Address format",
    `Email Address does not meet the format. Supplied value:${value}`,
    "EmailAddr",
  );

export const duplicateName = (): Faulty =>
  invalid(
    "6240",
    "Duplicate Name Exists Error",
    "The name supplied already exists. : Another customer is already using this name. Please use a different name.",
  );

export const objectNotFound = (): Faulty =>
  invalid(
    "610",
    "Object Not Found",
    "Object Not Found : Something you're trying to use has been made inactive. Check the fields with accounts, customers, items, vendors or employees.",
  );

export const staleObject = (): Faulty =>
  invalid(
    "5010",
    "Stale Object Error",
    "Stale Object Error : You and somebody else were working on this at the same time. Somebody else finished before you did, so your work was not saved.",
  );

export const queryUnparsable = (detail: string): Faulty =>
  invalid("4000", "Error parsing query", `QueryParserError: ${detail}`);

export const queryInvalid = (detail: string): Faulty =>
  invalid("4001", "Invalid query", `QueryValidationError: ${detail}`);

export const unsupportedOperation = (detail: string): Faulty =>
  invalid("500", "Unsupported Operation", detail);

/** A reference to nothing; a reference to what was made inactive is 610 instead. */
export const invalidReference = (what: string, id: string): Faulty =>
  invalid(
    "2500",
    "Invalid Reference Id",
    `Invalid Reference Id : ${what} element id ${id} not found`,
  );

export const invalidEnumeration = (element: string, value: string): Faulty =>
  invalid("2170", "Invalid Enumeration", `Invalid Enumeration : ${value}`, element);

/** How a rule is worded that has no code of its own is unverified. */
export const businessRule = (what: string): Faulty =>
  invalid(
    "6000",
    "A business validation error has occurred while processing your request",
    `Business Validation Error: ${what}`,
  );

export const wrongAmount = (supplied: number): Faulty =>
  invalid(
    "6070",
    "Amount calculation incorrect in the request.",
    `Amount calculation incorrect in the request. Amount is not equal to UnitPrice * Qty. Supplied value:${String(supplied)}`,
  );

export const duplicateNumber = (number: string, id: string): Faulty =>
  invalid(
    "6140",
    "Duplicate Document Number Error",
    `Duplicate Document Number Error : You must specify a different number. This number has already been used. DocNumber=${number} is assigned to TxnType=Invoice with TxnId=${id}`,
  );

export const periodClosed = (): Faulty =>
  invalid(
    "6210",
    "Account Period Closed, Cannot Update Through Services API",
    "The account period has closed and the account books cannot be updated through the QBO Services API. Please use the QBO website to make these changes.",
  );
