import { type Answer, json, Refusal, type Request, type Route } from "../http.ts";
import { notFound } from "./errors.ts";
import type { SObject } from "./fields.ts";
import type { Organisation } from "./organisation.ts";
import type { RecordReader } from "./body.ts";
import type { Schema } from "./schema.ts";
import type { Saving, Writer } from "./writer.ts";

/** What the routes of the data interface work on. */
export type Data = {
  organisation: Organisation;
  schema: Schema;
  writer: Writer;
  read: RecordReader;
};

/** Never a promise, so that several of them can run as one transaction. */
export type DataRoute = Omit<Route, "handle"> & { handle(request: Request): Answer };

/** The versions that answer; 31 is the oldest alive. */
export const OLDEST = 31;
export const NEWEST = 68;

/** Routes below `/services/data/v68.0`, which `base` is; with and without a slash at the end. */
export function dataRoute(
  method: string,
  path: string,
  handle: (request: Request, base: string) => Answer,
): DataRoute[] {
  const versioned = (request: Request): Answer => {
    const version = request.params["version"] ?? "";
    const major = Number(/^v(\d+)\.0$/.exec(version)?.[1] ?? NaN);
    if (!(major >= OLDEST && major <= NEWEST)) return notFound().answer;
    return handle(request, `/services/data/${version}`);
  };
  const whole = `/services/data/:version${path}`;
  return [whole, `${whole}/`].map((one) => ({ method, path: one, handle: versioned }));
}

export function objectOf({ schema }: Data, request: Request): SObject {
  const object = schema.object(request.params["object"] ?? "");
  if (object === undefined) throw notFound();
  return object;
}

export const nothing = (status = 204): Answer => ({ status, headers: {}, body: "" });

/** `Sforce-Duplicate-Rule-Header: allowSave=true` (unverified: how its name is written). */
export const savingOf = ({ headers }: Request): Saving => {
  const header = headers["sforce-duplicate-rule-header"];
  return { duplicatesAllowed: /\ballowSave\s*=\s*true\b/i.test(String(header ?? "")) };
};

export const saved = (status: number, id: string, more: object = {}): Answer =>
  json(status, { id, success: true, errors: [], ...more });

/** What a handler answers, a refusal included. */
export function answered(handle: () => Answer): Answer {
  try {
    return handle();
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}
