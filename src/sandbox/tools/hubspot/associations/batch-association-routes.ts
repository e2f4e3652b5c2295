import type { Request, Route } from "../../http.ts";
import { badRequest } from "../errors.ts";
import { type Failure, finished, inputsIn } from "../interface/batch-inputs.ts";
import { isObject, type JsonObject, objectWith } from "../interface/body.ts";
import type { ObjectType } from "../objects/object-type.ts";
import type { Portal } from "../portal.ts";
import { typeById } from "./association-types.ts";
import type { End } from "./associations.ts";
import { made, type Pair, pairIn, told } from "./pairs.ts";

const MOST_READ = 1000;
const MOST_WRITTEN = 2000;

/** Of many records: `/crm/associations/2026-09/{from}/{to}/batch/…`. */
export function batchAssociationRoutes(base: string, portal: Portal): Route[] {
  const path = (name: string) => `${base}/:from/:to/batch/${name}`;
  return [
    { method: "POST", path: path("associate/default"), handle: (r) => associate(r, portal, plain) },
    { method: "POST", path: path("create"), handle: (r) => associate(r, portal, labelled) },
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

/** How a batch makes associations: what an input may say, whether it is of the primary kind, what is told. */
type Making = {
  allowed: string[];
  primary(pair: Pair, input: JsonObject): boolean;
  told(pair: Pair, ends: [End, End], primary: boolean): JsonObject[];
  status: number;
};

const plain: Making = {
  allowed: ["from", "to"],
  primary: () => false,
  told: (pair, ends) => made(pair, ...ends),
  status: 200,
};

/** With labels, each named by its type. What is told of them is unverified beyond its names. */
const labelled: Making = {
  allowed: ["from", "to", "types"],
  primary: ({ from, kind }, input) => typesIn(input, from, kind.to).includes(kind.primary?.id ?? 0),
  told: ({ from: one, to: other }, [from, to], primary) => [
    {
      fromObjectTypeId: one.typeId,
      fromObjectId: Number(from.id),
      toObjectTypeId: other.typeId,
      toObjectId: Number(to.id),
      labels: primary ? ["Primary"] : [],
    },
  ],
  status: 201,
};

function associate(request: Request, portal: Portal, making: Making) {
  const pair = pairIn(request);
  const failures: Failure[] = [];
  const results = inputsIn(request, making.allowed, MOST_WRITTEN).flatMap((input) => {
    const primary = making.primary(pair, input);
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
    portal.associate(...ends, primary);
    return making.told(pair, ends, primary);
  });
  return finished(results, failures, making.status);
}

/** The type ids of an input, which have to be of this pair of objects. */
function typesIn(input: JsonObject, from: ObjectType, to: string): number[] {
  const types = input["types"];
  if (!Array.isArray(types) || types.length === 0)
    throw badRequest("Some required fields were not set: [types]");
  return types.map((given) => {
    const { associationTypeId: id } = objectWith(given, ["associationCategory", "associationTypeId"], "a type"); // prettier-ignore
    if (typeof id === "number" && typeById(from, id)?.to === to) return id;
    throw badRequest(`${String(id)} is not a valid association type for ${from.singular}`);
  });
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

function idIn(value: unknown): string {
  const id = isObject(value) ? value["id"] : undefined;
  if (typeof id === "string" || typeof id === "number") return String(id);
  throw badRequest("Some required fields were not set: [from, to]");
}
