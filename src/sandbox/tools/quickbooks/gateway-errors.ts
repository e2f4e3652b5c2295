import { type Answer, json } from "../http.ts";
import { localTime } from "./time.ts";

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
const tooMany = (detail: string, retryAfter: string | null): Answer => ({
  status: 429,
  headers: {
    "content-type": "application/xml",
    ...(retryAfter !== null && { "retry-after": retryAfter }),
  },
  body: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><IntuitResponse time="${localTime(Date.now(), true)}" xmlns="http://schema.intuit.com/finance/v3"><Fault type="SERVICE"><Error code="3001"><Message>message=ThrottleExceeded; errorCode=003001; statusCode=429</Message><Detail>${detail}</Detail></Error></Fault></IntuitResponse>`,
});

export const throttled = (retryAfter: string | null = null): Answer =>
  tooMany("The request limit was reached.  Try again later", retryAfter);

/** The month's calls are used up: said to be the same error; that its detail tells so is unverified. */
export const monthSpent = (): Answer =>
  tooMany("The monthly limit of CorePlus API calls was reached.", null);

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
