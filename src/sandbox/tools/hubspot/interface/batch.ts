import { type Answer, Refusal, type Request, type Route } from "../../http.ts";
import type { Association } from "../associations/associations.ts";
import { type Failure, finished, inputsIn, inputsOf } from "./batch-inputs.ts";
import { bodyOf, type JsonObject, propertiesIn, textsIn } from "./body.ts";
import { badRequest, type ErrorBody } from "../errors.ts";
import type { ObjectType, Values } from "../objects/object-type.ts";
import type { CrmRecord } from "../records/records.ts";
import { associationsIn, idProperty, type Resource, valuesFor } from "./resource.ts";
import { shown } from "../records/shown.ts";

/** What an input asks for, found valid: nothing is written yet. */
type Plan =
  | { kind: "create"; values: Values; associations: Association[] }
  | { kind: "update"; record: CrmRecord; values: Values }
  | { kind: "missing" };
type Planner = (resource: Resource, input: JsonObject) => Plan;
type Writing = { allowed: string[]; plan: Planner; status: number; tellsNew: boolean };

const TRACE = "objectWriteTraceId";
const ADDRESSED = ["id", "idProperty", "properties", TRACE];

const create: Writing = {
  allowed: ["properties", "associations", TRACE],
  plan(resource, input) {
    const values = valuesFor(resource, propertiesIn(input["properties"]), null);
    resource.records.refuseTaken(values, null);
    const associations = associationsIn(resource, input["associations"]);
    return { kind: "create", values, associations };
  },
  status: 201,
  tellsNew: false,
};

const update: Writing = {
  allowed: ADDRESSED,
  plan(resource, input) {
    const given = propertiesIn(input["properties"]);
    const record = locate(resource, input);
    const values = valuesFor(resource, given, record?.properties ?? {});
    if (record === undefined) return { kind: "missing" };
    resource.records.refuseTaken(values, record.id);
    return { kind: "update", record, values };
  },
  status: 200,
  tellsNew: false,
};

const upsert: Writing = {
  allowed: ADDRESSED,
  plan(resource, input) {
    const by = idProperty(resource, input["idProperty"]);
    if (by === null) throw badRequest("idProperty is required for an upsert");
    const record = locate(resource, input);
    const given = { [by]: String(input["id"]), ...propertiesIn(input["properties"]) };
    const values = valuesFor(resource, given, record?.properties ?? null);
    resource.records.refuseTaken(values, record?.id ?? null);
    if (record === undefined) return { kind: "create", values, associations: [] };
    return { kind: "update", record, values };
  },
  status: 200,
  tellsNew: true,
};

/** `…/batch/read|create|update|upsert|archive`, up to 100 inputs each. */
export function batchRoutes(resource: Resource): Route[] {
  const at = (name: string, handle: (request: Request) => Answer): Route => ({
    method: "POST",
    path: `${resource.base}/batch/${name}`,
    handle,
  });
  return [
    at("read", (request) => read(request, resource)),
    at("create", (request) => write(request, resource, create)),
    at("update", (request) => write(request, resource, update)),
    at("upsert", (request) => write(request, resource, upsert)),
    at("archive", (request) => {
      for (const { id } of inputsIn(request, ["id"])) {
        const record = resource.records.find(String(id));
        if (record !== undefined) resource.records.archive(record);
      }
      return { status: 204, headers: {}, body: "" };
    }),
  ];
}

function locate(resource: Resource, input: JsonObject): CrmRecord | undefined {
  const key = String(input["id"]);
  const by = idProperty(resource, input["idProperty"]);
  const { records } = resource;
  const record = by === null ? records.find(key) : records.findBy(by, key);
  return record?.archivedAt === null ? record : undefined;
}

function read(request: Request, resource: Resource): Answer {
  const body = bodyOf(request, ["properties", "propertiesWithHistory", "idProperty", "inputs"]);
  const asked = textsIn(body["properties"], "properties");
  const missing: string[] = [];
  const found = new Map<string, CrmRecord>();
  for (const { id } of inputsOf(body, ["id"])) {
    const record = locate(resource, { id, idProperty: body["idProperty"] });
    if (record === undefined) missing.push(String(id));
    else found.set(record.id, record);
  }
  const results = [...found.values()].map((record) => shown(resource.type, record, asked));
  return finished(results, missing.length === 0 ? [] : [notFound(resource, missing)], 200);
}

/**
 * Without a trace id on every input one bad input fails the whole batch and nothing is written;
 * with them the good ones are written and the answer is 207. Missing ids are always told apart.
 */
function write(
  request: Request,
  resource: Resource,
  { allowed, plan, status, tellsNew }: Writing,
): Answer {
  const inputs = inputsIn(request, allowed);
  refuseDuplicates(inputs);
  const traced = inputs.every((input) => typeof input[TRACE] === "string");
  if (!traced)
    refuseClashes(
      resource.type,
      inputs.map((input) => plan(resource, input)),
    );
  const results: object[] = [];
  const failures: Failure[] = [];
  for (const input of inputs) {
    const trace = typeof input[TRACE] === "string" ? { [TRACE]: input[TRACE] } : {};
    try {
      const planned = plan(resource, input);
      const record = carryOut(planned, resource);
      if (record === undefined) {
        failures.push({ ...notFound(resource, [String(input["id"])]), ...trace });
        continue;
      }
      const told = shown(resource.type, record, Object.keys(record.properties));
      results.push({ ...told, ...(tellsNew && { new: planned.kind === "create" }), ...trace });
    } catch (error) {
      if (!(error instanceof Refusal) || !traced) throw error;
      failures.push({ ...failureOf(error), ...trace });
    }
  }
  return finished(results, failures, status);
}

function carryOut(plan: Plan, { type, records, portal }: Resource): CrmRecord | undefined {
  switch (plan.kind) {
    case "create": {
      const { id } = records.create(plan.values);
      for (const { to, primary } of plan.associations) {
        portal.associate({ object: type.name, id }, to, primary);
      }
      return records.get(id);
    }
    case "update":
      return records.update(plan.record, plan.values);
    case "missing":
      return undefined;
    default:
      return plan satisfies never;
  }
}

/** Two inputs of one batch that claim the same e-mail or external id. */
function refuseClashes(type: ObjectType, plans: Plan[]): void {
  const claimed = plans.flatMap((plan) =>
    plan.kind === "missing"
      ? []
      : type.unique.flatMap(({ name }) => {
          const value = plan.values[name];
          return value ? [`${name}\n${value}`] : [];
        }),
  );
  const twice = claimed.find((value, index) => claimed.indexOf(value) !== index);
  if (twice === undefined) return;
  throw badRequest(`Duplicate values in batch input: [${twice.split("\n")[1] ?? ""}]`);
}

function refuseDuplicates(inputs: JsonObject[]): void {
  const keys = inputs.flatMap(({ id }) => (id === undefined ? [] : [String(id).toLowerCase()]));
  const twice = keys.filter((key, index) => keys.indexOf(key) !== index);
  if (twice.length === 0) return;
  const ids = [...new Set(twice)];
  throw badRequest(`Duplicate IDs found in batch input: [${ids.join(", ")}]. IDs must be unique`, {
    ids,
  });
}

const notFound = ({ type }: Resource, ids: string[]): Failure => ({
  status: "error",
  category: "OBJECT_NOT_FOUND",
  message: `Could not get some ${type.singular.toUpperCase()} objects, they may be deleted or not exist. Check that ids are valid.`,
  context: { ids },
});

function failureOf(refusal: Refusal): Failure {
  const { category = "VALIDATION_ERROR", message } = JSON.parse(
    refusal.answer.body.toString(),
  ) as ErrorBody;
  return { status: "error", category, message, context: {} };
}
