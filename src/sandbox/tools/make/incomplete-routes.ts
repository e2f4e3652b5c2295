import { json, type Request, type Route } from "../http.ts";
import { bodyOf, type Given, numberIn } from "./body.ts";
import { badRequest, confirmationNeeded } from "./errors.ts";
import { type Executions, logOf } from "./executions.ts";
import {
  blueprintOf,
  bundleOf,
  detailed,
  type Incomplete,
  type Incompletes,
  listed,
} from "./incomplete.ts";
import { pageOf, pgOf } from "./paging.ts";
import type { Machine } from "./running.ts";

const PROCESSED = "Some of the executions could not be deleted because they are being processed right now."; // prettier-ignore

/** Incomplete executions: to be looked at, put right, run again, or thrown away. */
export function incompleteRoutes(
  incompletes: Incompletes,
  executions: Executions,
  machine: Machine,
): Route[] {
  const at = (method: string, path: string, handle: (request: Request) => object): Route => ({
    method,
    path: `/api/v2/dlqs${path}`,
    handle: (request) => json(200, handle(request)),
  });
  const one = (request: Request) => incompletes.get(request.params["id"] ?? "");
  const chosen = ({ query }: Request, given: Given) =>
    choice(incompletes.of(numberIn(query, "scenarioId")), given);

  return [
    at("GET", "", ({ query }) => {
      const all = incompletes.of(numberIn(query, "scenarioId")).map(listed);
      return { dlqs: pageOf(all, { ...pgOf(query, "created"), limit: limitIn(query) }) };
    }),
    at("GET", "/:id", (request) => ({ dlq: detailed(one(request)) })),
    at("GET", "/:id/bundle", (request) => ({ code: "OK", response: bundleOf(one(request)) })),
    at("GET", "/:id/blueprint", (request) => ({
      code: "OK",
      response: { blueprint: blueprintOf(one(request)) },
    })),
    at("GET", "/:id/logs", (request) => ({
      scenarioLogs: executions.ofIncomplete(one(request).id).map(logOf),
    })),
    at("PATCH", "/:id", (request) => {
      const { id } = one(request);
      const { blueprint, failer } = bodyOf(request, ["blueprint", "failer"]);
      const after = incompletes.change(id, {
        ...(blueprint !== undefined && { blueprint: blueprintIn(blueprint) }),
        ...(failer !== undefined && { failer: failerIn(failer) }),
      });
      return { dlq: { failer: after.failer, blueprint: blueprintOf(after) } };
    }),
    at("POST", "/:id/retry", (request) => {
      const { id } = one(request);
      machine.retry(incompletes.get(id));
      return { dlq: id };
    }),
    // What is answered here and to a deletion is unverified.
    at("POST", "/retry", (request) => {
      const all = chosen(request, bodyOf(request, ["ids", "all", "exceptIds"]));
      const waiting = all.filter(({ processing, resolved }) => !processing && !resolved);
      for (const each of waiting) machine.retry(each);
      return { dlqs: waiting.map(({ id }) => id) };
    }),
    at("DELETE", "", (request) => {
      const given = bodyOf(request, ["ids", "all", "exceptIds"]);
      if (given["all"] === true && request.query.get("confirmed") !== "true")
        throw confirmationNeeded("All incomplete executions will be deleted. Please confirm.");
      const all = chosen(request, given);
      const free = all.filter(({ processing }) => !processing);
      for (const { id } of free) incompletes.remove(id);
      if (free.length < all.length) throw badRequest(PROCESSED);
      return { dlqs: free.map(({ id }) => id) };
    }),
  ];
}

/** All of them unless `pg[limit]` says otherwise. */
const limitIn = (query: URLSearchParams): number =>
  query.get("pg[limit]") === null ? Infinity : pgOf(query, "created").limit;

/** The ones named, or all of them but some. */
function choice(all: readonly Incomplete[], { ids, all: every, exceptIds }: Given): Incomplete[] {
  if (every === true) {
    const kept = exceptIds === undefined ? [] : idsIn(exceptIds, "exceptIds");
    return all.filter(({ id }) => !kept.includes(id));
  }
  const wanted = idsIn(ids, "ids");
  return all.filter(({ id }) => wanted.includes(id));
}

function idsIn(value: unknown, name: string): string[] {
  if (Array.isArray(value) && value.every((id) => typeof id === "string")) return value;
  throw badRequest("Validation failed for 1 parameter(s).", `'${name}' must be a list of ids.`);
}

/** A blueprint is JSON inside a text. */
function blueprintIn(value: unknown): object {
  try {
    const blueprint: unknown = JSON.parse(typeof value === "string" ? value : "");
    if (typeof blueprint === "object" && blueprint !== null) return blueprint;
  } catch {
    // Not JSON: refused below, as whatever else is no blueprint.
  }
  throw badRequest("Validation failed for 1 parameter(s).", "'blueprint' is not a blueprint.");
}

function failerIn(value: unknown): number {
  if (typeof value === "number" && Number.isInteger(value)) return value;
  throw badRequest("Validation failed for 1 parameter(s).", "'failer' must be a number.");
}
