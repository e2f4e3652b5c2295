import { json, type Route } from "../../http.ts";
import type { Access } from "../access/access.ts";
import { account } from "../account.ts";
import { recordAssociationRoutes } from "../associations/association-routes.ts";
import { batchAssociationRoutes } from "../associations/batch-association-routes.ts";
import { batchRoutes } from "./batch.ts";
import { badRequest } from "../errors.ts";
import { endingRoutes } from "./merge.ts";
import { typeNamed } from "../objects/index.ts";
import type { ObjectType } from "../objects/object-type.ts";
import type { Held, Portal } from "../portal.ts";
import type { Resource } from "./resource.ts";
import { schemaRoutes } from "./schema-routes.ts";
import { forRecords } from "../access/scopes.ts";
import { search } from "../search/search.ts";
import { singleRoutes } from "./single.ts";

const NEWEST = "/crm/objects/2026-09";
const OBJECTS = [NEWEST, "/crm/objects/2026-03", "/crm/v3/objects"];
const OF_RECORDS = [NEWEST, "/crm/objects/2026-03", "/crm/v4/objects"];
const OF_PAIRS = ["/crm/associations/2026-09", "/crm/associations/2026-03", "/crm/v4/associations"];

/** HubSpot's interface, as far as it goes here. */
export function routesOf(portal: Portal, access: Access): Route[] {
  return [
    ...["v3", "2026-09", "2026-03"].map((version): Route => ({
      method: "GET",
      path: `/account-info/${version}/details`,
      handle: () => json(200, account),
    })),
    ...schemaRoutes(access),
    ...OF_RECORDS.flatMap((base) => recordAssociationRoutes(base, portal)).map(fromScoped),
    ...OF_PAIRS.flatMap((base) => batchAssociationRoutes(base, portal)).map(fromScoped),
    ...OBJECTS.flatMap((path) =>
      [...portal.objects.values()].flatMap((held) => objectRoutes(path, held)),
    ),
    ...OBJECTS.flatMap((path) => ["GET", "POST"].map((method) => unknownObject(method, path))),
  ];

  function objectRoutes(path: string, held: Held): Route[] {
    const { type } = held.records;
    return [type.name, type.singular, type.typeId].flatMap((name) => {
      const resource: Resource = {
        base: `${path}/${name}`,
        type,
        records: held.records,
        portal,
        required: () => (path === NEWEST ? (portal.required.get(type.name) ?? []) : []),
      };
      const searching: Route = {
        method: "POST",
        path: `${resource.base}/search`,
        handle: (request) => search(request, type, held.index.visible()),
      };
      return [
        searching,
        ...batchRoutes(resource),
        ...endingRoutes(resource),
        ...singleRoutes(resource),
      ].map((route) => scoped(route, type));
    });
  }

  function scoped(route: Route, type: ObjectType): Route {
    return {
      ...route,
      handle(request) {
        access.need(request, forRecords(type, route));
        return route.handle(request);
      },
    };
  }

  function unknownObject(method: string, path: string): Route {
    return {
      method,
      path: `${path}/:object`,
      handle({ params: { object = "" } }) {
        throw badRequest(`Unable to infer object type from: ${object}`);
      },
    };
  }

  /** Associations need what their first object needs (that the other side is not asked is unverified). */
  function fromScoped(route: Route): Route {
    return {
      ...route,
      handle(request) {
        const name = request.params["from"] ?? "";
        const type = typeNamed(name);
        if (type === undefined) throw badRequest(`Unable to infer object type from: ${name}`);
        return scoped(route, type).handle(request);
      },
    };
  }
}
