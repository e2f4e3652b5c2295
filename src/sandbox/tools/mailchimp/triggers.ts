import type { Answer } from "../http.ts";
import {
  keyMissing,
  notFound,
  problem,
  tooManyConnections,
  wrongKey,
  wrongMethod,
  serverError,
} from "./problems.ts";

/** What `X-Trigger-Error` makes of any call, by name. Source: Mailchimp's error glossary. */
const triggers: Record<string, () => Answer> = {
  BadRequest: () => problem(400, "Bad Request", "Your request could not be processed."),
  InvalidAction: () =>
    problem(400, "Invalid Action", "The action requested was not valid for this resource."),
  InvalidResource: () =>
    problem(400, "Invalid Resource", "The resource submitted could not be validated."),
  JSONParseError: () =>
    problem(400, "JSON Parse Error", "We encountered an unspecified JSON parsing error."),
  APIKeyMissing: keyMissing,
  APIKeyInvalid: wrongKey,
  Forbidden: () => problem(403, "Forbidden", "You are not permitted to access this resource."),
  UserDisabled: () => problem(403, "User Disabled", "This account has been deactivated."),
  WrongDatacenter: () =>
    problem(403, "Wrong Datacenter", "The API key provided is linked to a different data center."),
  ResourceNotFound: notFound,
  MethodNotAllowed: wrongMethod,
  ResourceNestingTooDeep: () =>
    problem(414, "Resource Nesting Too Deep", "The sub-resource requested is nested too deeply."),
  InvalidMethodOverride: () =>
    problem(
      422,
      "Invalid Method Override",
      "You can only use the X-HTTP-Method-Override header with the POST method.",
    ),
  RequestedFieldsInvalid: () =>
    problem(
      400,
      "Requested Fields Invalid",
      "The fields requested from this resource are invalid.",
    ),
  TooManyRequests: () => tooManyConnections(),
  InternalServerError: () => serverError(500),
  ComplianceRelated: () => problem(500, "Compliance Related", "This method has been disabled."),
};

export const triggered = (name: string): Answer | undefined => triggers[name]?.();
