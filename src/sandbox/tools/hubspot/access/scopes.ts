import type { Route } from "../../http.ts";
import { objectTypes } from "../objects/index.ts";
import type { ObjectType } from "../objects/object-type.ts";

const of = ({ name }: ObjectType, what: "read" | "write") => `crm.objects.${name}.${what}`;
const schema = ({ name }: ObjectType) => `crm.schemas.${name}.read`;
export const OWNERS = "crm.objects.owners.read";

/** All that an app may ask for here. */
export const scopes: readonly string[] = [
  "oauth",
  OWNERS,
  ...objectTypes.flatMap((type) => [of(type, "read"), of(type, "write"), schema(type)]),
];

/** Searches and reads in batches are posted, and are reads all the same. */
const reads = ({ method, path }: Route) =>
  method === "GET" || path.endsWith("/search") || path.endsWith("/batch/read");

/** The scopes of which one is enough for a route over records of this object. */
export const forRecords = (type: ObjectType, route: Route): readonly string[] => [
  of(type, reads(route) ? "read" : "write"),
];

/** The same for its properties and pipelines. */
export const forSchema = (type: ObjectType): readonly string[] => [schema(type), of(type, "read")];
