import { type Answer, json, Refusal, type Request, type Route, router } from "../http.ts";
import { BASE, type Endpoint, type Given, isGiven } from "./endpoint.ts";
import { badRequest, failed, wrongField } from "./errors.ts";

const MOST = 10;
const ACTION = ["method", "relative_path", "data", "options"];
const OPTIONS = ["limit", "offset", "fields"];
const METHODS = ["get", "post", "put", "delete", "patch", "head"];

/**
 * Up to ten requests in one, which Asana runs side by side in no order that one could rely on. Here
 * the last one runs first, so that an action that needs an earlier one fails. Answers come in the
 * order of the actions, and the whole is a success even if all of them failed.
 */
export function batchEndpoint(routes: () => readonly Route[]): Endpoint {
  return {
    method: "POST",
    path: "/batch",
    scope: null,
    async run({ request, data }) {
      const { actions, ...rest } = data();
      const strange = Object.keys(rest)[0];
      if (strange !== undefined) throw wrongField(strange, "Unknown field");
      if (!Array.isArray(actions)) throw wrongField("actions", "Not an array");
      if (actions.length > MOST)
        throw badRequest(`actions: At most ${String(MOST)} actions can be batched`);
      for (const action of actions) refuseMalformed(action);
      const find = router([...routes()]);
      const done: unknown[] = [];
      for (const [place, action] of [...actions.entries()].reverse())
        done[place] = told(await outcome(action as Given, request, find), action);
      return { kind: "answer", answer: json(200, { data: done }) };
    },
  };
}

/** What is no action at all is refused with all the others; what merely cannot be done fails by itself. */
function refuseMalformed(action: unknown): void {
  if (!isGiven(action)) throw badRequest("actions: Not an object");
  const strange = Object.keys(action).find((key) => !ACTION.includes(key));
  if (strange !== undefined) throw wrongField(`actions.${strange}`, "Unknown field");
  const { method, relative_path } = action;
  if (typeof method !== "string" || !METHODS.includes(method))
    throw wrongField("actions.method", `Not one of ${METHODS.join(", ")}: ${String(method)}`);
  if (typeof relative_path !== "string") throw wrongField("actions.relative_path", "Missing input");
}

async function outcome(
  action: Given,
  outer: Request,
  find: ReturnType<typeof router>,
): Promise<Answer> {
  try {
    const request = requestOf(action, outer);
    const found = find(request.method, request.path);
    if (found.kind !== "found") return failed(404, "No matching route for request");
    return await found.route.handle({ ...request, params: found.params });
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

function requestOf(action: Given, outer: Request): Request {
  const { data = {}, options = {} } = action;
  const method = String(action["method"]);
  if (!isGiven(data)) throw wrongField("actions.data", "Not an object");
  const filters = method === "get" ? Object.entries(data) : [];
  return {
    ...outer,
    method: method.toUpperCase(),
    path: BASE + pathIn(String(action["relative_path"])),
    query: new URLSearchParams([
      ...Object.entries(optionsOf(options)),
      ...filters.map(([name, value]) => [name, String(value)]),
    ]),
    body: ["post", "put"].includes(method) ? JSON.stringify({ data }) : "",
  };
}

function pathIn(path: string): string {
  const rules: [broken: boolean, problem: string][] = [
    [!path.startsWith("/"), "Must start with /"],
    [path.includes("?"), "Query parameters belong in data"],
    [path === "/batch", "Batches cannot be nested"],
  ];
  const problem = rules.find(([broken]) => broken)?.[1];
  if (problem !== undefined) throw wrongField("actions.relative_path", problem);
  return path;
}

function optionsOf(options: unknown): Record<string, string> {
  if (!isGiven(options)) throw wrongField("actions.options", "Not an object");
  const strange = Object.keys(options).find((name) => !OPTIONS.includes(name));
  if (strange !== undefined) throw wrongField(`actions.options.${strange}`, "Unknown field");
  const { limit, offset, fields } = options;
  return {
    ...(limit !== undefined && { limit: String(limit) }),
    ...(offset !== undefined && { offset: String(offset) }),
    ...(Array.isArray(fields) && { opt_fields: fields.join(",") }),
  };
}

function told({ status, body }: Answer, action: unknown): Given {
  const parsed = JSON.parse(body.toString()) as Given;
  const data = parsed["data"];
  const made = status === 201 && isGiven(data) && isGiven(action);
  const kind = made ? String(action["relative_path"]).split("/").at(-1) : undefined;
  return {
    status_code: status,
    headers: made ? { location: `/${kind ?? ""}/${String(data["gid"])}` } : {},
    body: parsed,
  };
}
