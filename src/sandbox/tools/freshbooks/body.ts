import type { Request } from "../http.ts";
import { unparsable } from "./errors.ts";
import { isObject, type Values } from "./fields.ts";

/** What stands in a body under this name: everything FreshBooks takes is in such an envelope. */
export function inside(request: Request, envelope: string): Values {
  if (!(request.headers["content-type"] ?? "").startsWith("application/json"))
    throw unparsable("Content-Type must be application/json.");
  const inner = parsed(request.body)[envelope];
  if (!isObject(inner)) throw unparsable(`The body must hold an object '${envelope}'.`);
  return inner;
}

function parsed(body: string): Values {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : {};
  } catch {
    throw unparsable("The body could not be parsed as JSON.");
  }
}
