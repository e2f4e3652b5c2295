import { type Answer, json, Refusal } from "../http.ts";
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

/** The gateway speaks in lower case and of many empty things. Source: a recorded 401. */
function gateway(status: number, code: string, name: string, type: string): Answer {
  const message = `message=${name}; errorCode=00${code}; statusCode=${String(status)}`;
  return json(status, {
    warnings: null,
    intuitObject: null,
    fault: { error: [{ message, detail: null, code, element: null }], type },
    report: null,
    queryResponse: null,
    batchItemResponse: [],
    attachableResponse: [],
    syncErrorResponse: null,
    requestId: null,
    time: Date.now(),
    status: null,
    cdcresponse: [],
  });
}

export const authenticationFailed = (): Answer =>
  gateway(401, "3200", "AuthenticationFailed", "AUTHENTICATION");

export const authorizationFailed = (): Answer =>
  gateway(403, "3100", "AuthorizationFailed", "AUTHORIZATION");

/** Throttling is told in XML, without a Retry-After unless an injected fault sets one. */
export const throttled = (retryAfter: string | null = null): Answer => ({
  status: 429,
  headers: {
    "content-type": "application/xml",
    ...(retryAfter !== null && { "retry-after": retryAfter }),
  },
  body: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><IntuitResponse time="${localTime(Date.now(), true)}" xmlns="http://schema.intuit.com/finance/v3"><Fault type="SERVICE"><Error code="3001"><Message>message=ThrottleExceeded; errorCode=003001; statusCode=429</Message><Detail>The request limit was reached.  Try again later</Detail></Error></Fault></IntuitResponse>`,
});

export const systemFault = (status: number): Answer =>
  json(status, {
    Fault: {
      Error: [
        {
          Message: "An application error has occurred while processing your request",
          Detail: "System Failure Error",
          code: "10000",
          element: "",
        },
      ],
      type: "SystemFault",
    },
    time: localTime(Date.now(), true),
  });
