import { type Answer, json, Refusal, type Request, type Route } from "../http.ts";
import { bodyOf, type JsonObject, objectWith, propertiesIn, textsIn } from "./body.ts";
import type { Contact, Contacts } from "./contacts.ts";
import { badRequest, type ErrorBody } from "./errors.ts";
import { checked, unique } from "./properties.ts";
import { shown } from "./shown.ts";

/** What an input asks for, found valid: nothing is written yet. */
type Plan =
  | { kind: "create"; values: Values }
  | { kind: "update"; contact: Contact; values: Values }
  | { kind: "missing" };
type Values = Record<string, string | null>;
type Planner = (input: JsonObject) => Plan;
type Failure = { status: "error"; category: string; message: string; context: object; objectWriteTraceId?: string }; // prettier-ignore

const LARGEST = 100;
const TRACE = "objectWriteTraceId";

/** `…/batch/read|create|update|upsert|archive`, up to 100 inputs each. */
export function batchRoutes(base: string, contacts: Contacts): Route[] {
  const locate = (input: JsonObject): Contact | undefined => {
    const key = String(input["id"]);
    const by = idProperty(input["idProperty"]);
    const contact = by === null ? contacts.get(key) : contacts.findBy(by, key);
    return contact?.archivedAt === null ? contact : undefined;
  };
  const planCreate = (values: Values): Plan => {
    contacts.refuseTaken(values, null);
    return { kind: "create", values };
  };
  const planUpdate = (contact: Contact, values: Values): Plan => {
    contacts.refuseTaken(values, contact.id);
    return { kind: "update", contact, values };
  };
  const create: Planner = (input) => planCreate(checked(propertiesIn(input["properties"])));
  const update: Planner = (input) => {
    const values = checked(propertiesIn(input["properties"]));
    const contact = locate(input);
    return contact === undefined ? { kind: "missing" } : planUpdate(contact, values);
  };
  const upsert: Planner = (input) => {
    const by = idProperty(input["idProperty"]);
    if (by === null) throw badRequest("idProperty is required for an upsert");
    const values = checked({
      [by]: String(input["id"]),
      ...propertiesIn(input["properties"]),
    });
    const contact = locate(input);
    return contact === undefined ? planCreate(values) : planUpdate(contact, values);
  };

  const at = (name: string, handle: (request: Request) => Answer): Route => ({
    method: "POST",
    path: `${base}/batch/${name}`,
    handle,
  });
  return [
    at("read", (request) => read(request, locate)),
    at("create", (request) =>
      write(request, contacts, {
        allowed: ["properties", "associations", TRACE],
        plan: create,
        status: 201,
        tellsNew: false,
      }),
    ),
    at("update", (request) =>
      write(request, contacts, {
        allowed: ["id", "idProperty", "properties", TRACE],
        plan: update,
        status: 200,
        tellsNew: false,
      }),
    ),
    at("upsert", (request) =>
      write(request, contacts, {
        allowed: ["id", "idProperty", "properties", TRACE],
        plan: upsert,
        status: 200,
        tellsNew: true,
      }),
    ),
    at("archive", (request) => {
      for (const { id } of inputsOf(bodyOf(request, ["inputs"]), ["id"])) {
        const contact = contacts.get(String(id));
        if (contact !== undefined) contacts.archive(contact);
      }
      return { status: 204, headers: {}, body: "" };
    }),
  ];
}

function read(request: Request, locate: (input: JsonObject) => Contact | undefined): Answer {
  const body = bodyOf(request, ["properties", "propertiesWithHistory", "idProperty", "inputs"]);
  const asked = textsIn(body["properties"], "properties");
  const missing: string[] = [];
  const results = inputsOf(body, ["id"]).flatMap(({ id }) => {
    const contact = locate({ id, idProperty: body["idProperty"] });
    if (contact === undefined) missing.push(String(id));
    return contact === undefined ? [] : [shown(contact, asked)];
  });
  return finished(results, missing.length === 0 ? [] : [notFound(missing)], 200);
}

type Writing = { allowed: string[]; plan: Planner; status: number; tellsNew: boolean };

/**
 * Without a trace id on every input one bad input fails the whole batch and nothing is written;
 * with them the good ones are written and the answer is 207. Missing ids are always told apart.
 */
function write(
  request: Request,
  contacts: Contacts,
  { allowed, plan, status, tellsNew }: Writing,
): Answer {
  const inputs = inputsOf(bodyOf(request, ["inputs"]), allowed);
  refuseDuplicates(inputs);
  const traced = inputs.every((input) => typeof input[TRACE] === "string");
  if (!traced) refuseClashes(inputs.map(plan));
  const results: object[] = [];
  const failures: Failure[] = [];
  for (const input of inputs) {
    const trace = typeof input[TRACE] === "string" ? { [TRACE]: input[TRACE] } : {};
    try {
      const planned = plan(input);
      const contact = carryOut(planned, contacts);
      if (contact === undefined) failures.push({ ...notFound([String(input["id"])]), ...trace });
      else {
        const told = shown(contact, Object.keys(contact.properties));
        results.push({ ...told, ...(tellsNew && { new: planned.kind === "create" }), ...trace });
      }
    } catch (error) {
      if (!(error instanceof Refusal) || !traced) throw error;
      failures.push({ ...failureOf(error), ...trace });
    }
  }
  return finished(results, failures, status);
}

function carryOut(plan: Plan, contacts: Contacts): Contact | undefined {
  switch (plan.kind) {
    case "create":
      return contacts.create(plan.values);
    case "update":
      return contacts.update(plan.contact, plan.values);
    case "missing":
      return undefined;
    default:
      return plan satisfies never;
  }
}

/** Two inputs of one batch that claim the same e-mail or external id. */
function refuseClashes(plans: Plan[]): void {
  const claimed = plans.flatMap((plan) =>
    plan.kind === "missing" ? [] : unique.flatMap((name) => plan.values[name] ?? []),
  );
  const twice = claimed.find((value, index) => claimed.indexOf(value) !== index);
  if (twice !== undefined) throw badRequest(`Duplicate values in batch input: [${twice}]`);
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

const notFound = (ids: string[]): Failure => ({
  status: "error",
  category: "OBJECT_NOT_FOUND",
  message: "Could not get some CONTACT objects, they may be deleted or not exist. Check that ids are valid.", // prettier-ignore
  context: { ids },
});

function failureOf(refusal: Refusal): Failure {
  const { category = "VALIDATION_ERROR", message } = JSON.parse(
    refusal.answer.body.toString(),
  ) as ErrorBody;
  return { status: "error", category, message, context: {} };
}

function finished(results: object[], failures: Failure[], status: number): Answer {
  const at = new Date().toISOString();
  return json(failures.length > 0 ? 207 : status, {
    status: "COMPLETE",
    results,
    ...(failures.length > 0 && { numErrors: failures.length, errors: failures }),
    startedAt: at,
    completedAt: at,
  });
}

function inputsOf(body: JsonObject, allowed: string[]): JsonObject[] {
  const { inputs } = body;
  if (!Array.isArray(inputs)) throw badRequest("Some required fields were not set: [inputs]");
  if (inputs.length > LARGEST) {
    throw badRequest(
      `The batch is too large: ${String(inputs.length)} inputs, at most ${String(LARGEST)}`,
    );
  }
  return inputs.map((input) => {
    const item = objectWith(input, allowed, "an input");
    if (allowed.includes("id") && typeof item["id"] !== "string") {
      throw badRequest("Some required fields were not set: [id]");
    }
    return item;
  });
}

function idProperty(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" && unique.includes(value)) return value;
  throw badRequest(`idProperty ${String(value)} is not a unique property of contacts`);
}
