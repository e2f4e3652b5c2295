import { json, type Request, type Route } from "../../http.ts";
import { finished } from "../interface/batch-inputs.ts";
import { notFound } from "../errors.ts";
import type { ObjectType } from "../objects/object-type.ts";
import type { Portal } from "../portal.ts";
import type { End } from "./associations.ts";
import { made, type Pair, pairIn, told } from "./pairs.ts";

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

function existing(portal: Portal, type: ObjectType, id: string | undefined): End {
  const record = portal.records(type.name).find(id ?? "");
  if (record?.archivedAt !== null) throw notFound();
  return { object: type.name, id: record.id };
}
