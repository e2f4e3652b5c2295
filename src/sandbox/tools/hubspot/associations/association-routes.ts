import { json, type Request, type Route } from "../../http.ts";
import type { Association, End } from "./associations.ts";
import { type AssociationType, associationType } from "./association-types.ts";
import { type Failure, finished, inputsIn } from "../interface/batch-inputs.ts";
import { isObject, type JsonObject } from "../interface/body.ts";
import { badRequest, notFound } from "../errors.ts";
import { typeNamed } from "../objects/index.ts";
import type { ObjectType } from "../objects/object-type.ts";
import type { Portal } from "../portal.ts";

const MOST_READ = 1000;
const MOST_WRITTEN = 2000;

type Pair = { from: ObjectType; to: ObjectType; kind: AssociationType; back: AssociationType };

/** Of one record: `…/{from}/{fromId}/associations/…`, under `/crm/objects/2026-09` and its like. */
export function recordAssociationRoutes(base: string, portal: Portal): Route[] {
  const at = (
    method: string,
    path: string,
    handle: (pair: Pair, from: End, request: Request) => unknown,
  ): Route => ({
    method,
    path: `${base}/:from/:fromId/associations/${path}`,
    handle(request) {
      const pair = pairIn(request);
      const answer = handle(pair, existing(portal, pair.from, request.params["fromId"]), request);
      return answer === undefined ? { status: 204, headers: {}, body: "" } : json(200, answer);
    },
  });
  return [
    at("PUT", "default/:to/:toId", (pair, from, { params }) => {
      const to = existing(portal, pair.to, params["toId"]);
      portal.associate(from, to);
      return JSON.parse(finished(made(pair, from, to), [], 200).body.toString()) as unknown;
    }),
    at("GET", ":to", ({ kind, to }, from) => ({
      results: portal.associated(from, to.name).map((association) => told(kind, association)),
    })),
    at("DELETE", ":to/:toId", ({ to }, from, { params }) => {
      portal.dissociate(from, { object: to.name, id: params["toId"] ?? "" });
    }),
  ];
}

/** Of many records: `/crm/associations/2026-09/{from}/{to}/batch/…`. */
export function batchAssociationRoutes(base: string, portal: Portal): Route[] {
  const path = (name: string) => `${base}/:from/:to/batch/${name}`;
  return [
    { method: "POST", path: path("associate/default"), handle: (r) => associate(r, portal) },
    { method: "POST", path: path("read"), handle: (r) => read(r, portal) },
    {
      method: "POST",
      path: path("archive"),
      handle(request) {
        const { from, to } = pairIn(request);
        for (const input of inputsIn(request, ["from", "to"], MOST_WRITTEN)) {
          const others = Array.isArray(input["to"]) ? input["to"] : [input["to"]];
          for (const other of others) {
            const end = { object: from.name, id: idIn(input["from"]) };
            portal.dissociate(end, { object: to.name, id: idIn(other) });
          }
        }
        return { status: 204, headers: {}, body: "" };
      },
    },
  ];
}

function associate(request: Request, portal: Portal) {
  const pair = pairIn(request);
  const failures: Failure[] = [];
  const results = inputsIn(request, ["from", "to"], MOST_WRITTEN).flatMap((input) => {
    const from = portal.records(pair.from.name).find(idIn(input["from"]));
    const to = portal.records(pair.to.name).find(idIn(input["to"]));
    if ((from === undefined || to === undefined || from.archivedAt) ?? to.archivedAt) {
      const missing = from === undefined || from.archivedAt !== null ? input["from"] : input["to"];
      const context = { ids: [idIn(missing)] };
      failures.push(failure("One or more objects of an association do not exist.", context));
      return [];
    }
    const ends: [End, End] = [
      { object: pair.from.name, id: from.id },
      { object: pair.to.name, id: to.id },
    ];
    portal.associate(...ends);
    return made(pair, ...ends);
  });
  return finished(results, failures, 200);
}

/** Who is associated with nothing is told as not found, in a 207. */
function read(request: Request, portal: Portal) {
  const { from, to, kind } = pairIn(request);
  const failures: Failure[] = [];
  const results = inputsIn(request, ["id", "after"], MOST_READ).flatMap((input) => {
    const id = String(input["id"]);
    const end = { object: from.name, id: portal.records(from.name).find(id)?.id ?? id };
    const found = portal.associated(end, to.name);
    if (found.length > 0) {
      return [{ from: { id }, to: found.map((association) => told(kind, association)) }];
    }
    failures.push({
      ...failure(`No ${to.singular} is associated with ${from.singular} ${id}.`, {
        fromObjectId: [id],
        fromObjectType: [from.singular],
        toObjectType: [to.singular],
      }),
      subCategory: "crm.associations.NO_ASSOCIATIONS_FOUND",
    });
    return [];
  });
  return finished(results, failures, 200);
}

const failure = (message: string, context: object): Failure => ({
  status: "error",
  category: "OBJECT_NOT_FOUND",
  message,
  context,
});

/** An association as it is read; a primary company has both labels. */
const told = (kind: AssociationType, { to, primary }: Association): JsonObject => ({
  toObjectId: Number(to.id),
  associationTypes: [
    ...(primary && kind.primary !== null
      ? [{ category: "HUBSPOT_DEFINED", typeId: kind.primary.id, label: "Primary" }]
      : []),
    { category: "HUBSPOT_DEFINED", typeId: kind.id, label: null },
  ],
});

/** An association as it was made: both directions. */
const made = ({ kind, back }: Pair, from: End, to: End): JsonObject[] =>
  [
    { from, to, id: kind.id },
    { from: to, to: from, id: back.id },
  ].map(({ from, to, id }) => ({
    from: { id: from.id },
    to: { id: to.id },
    associationSpec: { associationCategory: "HUBSPOT_DEFINED", associationTypeId: id },
  }));

function pairIn({ params: { from: one = "", to: other = "" } }: Request): Pair {
  const [from, to] = [typeNamed(one), typeNamed(other)];
  if (from !== undefined && to !== undefined) {
    const kind = associationType(from.name, to.name);
    const back = associationType(to.name, from.name);
    if (kind !== undefined && back !== undefined) return { from, to, kind, back };
  }
  throw badRequest(`Unable to infer an association between ${one} and ${other}`);
}

function existing(portal: Portal, type: ObjectType, id: string | undefined): End {
  const record = portal.records(type.name).find(id ?? "");
  if (record?.archivedAt !== null) throw notFound();
  return { object: type.name, id: record.id };
}

function idIn(value: unknown): string {
  const id = isObject(value) ? value["id"] : undefined;
  if (typeof id === "string" || typeof id === "number") return String(id);
  throw badRequest("Some required fields were not set: [from, to]");
}
