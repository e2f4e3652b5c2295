import { type Answer, json, type Request, type Route } from "../http.ts";
import { noSuchProject, projectRefusal } from "./errors.ts";
import { isObject, type Values } from "./fields.ts";
import { pageOf } from "./paging.ts";
import type { Project, Projects } from "./projects.ts";

const USUAL = 30;
const MOST = 100;

/** The interface of projects: another envelope, another kind of error, and one project in the singular. */
export function projectRoutes(projects: Projects, business: string): Route[] {
  const at = (method: string, path: string, handle: (request: Request) => Answer): Route => ({
    method,
    path: `/projects/business/:business/${path}`,
    handle(request) {
      if (request.params["business"] !== business) throw noSuchProject();
      // The documentation asks to leave it out; what happens otherwise is unverified.
      if (method === "GET" && request.headers["content-type"] !== undefined)
        throw projectRefusal(400, "A GET request has no Content-Type.");
      return handle(request);
    },
  });
  const idOf = (request: Request) => request.params["id"] ?? "";

  return [
    at("GET", "projects", ({ query }) => {
      const all = [...projects.all()].filter((project) => fits(project, query));
      const { items, counts } = pageOf(all, {
        page: numberIn(query, "page", 1),
        per_page: Math.min(MOST, numberIn(query, "per_page", USUAL)),
      });
      return json(200, { meta: counts, projects: items.map((project) => shown(project, query)) });
    }),
    at("POST", "project", (request) => json(200, { project: projects.create(inside(request)) })),
    at("GET", "project/:id", (request) =>
      json(200, { project: shown(projects.get(idOf(request)), request.query) }),
    ),
    at("PUT", "project/:id", (request) =>
      json(200, { project: projects.update(idOf(request), inside(request)) }),
    ),
    at("DELETE", "project/:id", (request) => {
      projects.remove(idOf(request));
      return { status: 204, headers: {}, body: "" };
    }),
  ];
}

function shown(project: Project, query: URLSearchParams): Values {
  const { group, ...rest } = project;
  return query.get("skip_group") === "true" ? rest : { ...rest, group };
}

/** Source of the filters: freshbooks.com/api/project. `updated_since` is UTC. */
function fits(project: Project, query: URLSearchParams): boolean {
  const since = query.get("updated_since");
  return (
    agrees(project.active, query, "active") &&
    agrees(project.complete, query, "complete") &&
    (since === null || Date.parse(`${project.updated_at}Z`) >= instantOf(since))
  );
}

function agrees(value: boolean, query: URLSearchParams, name: string): boolean {
  const wanted = query.get(name);
  if (wanted === null) return true;
  if (wanted !== "true" && wanted !== "false")
    throw projectRefusal(400, `${name} must be true or false.`);
  return value === (wanted === "true");
}

function instantOf(text: string): number {
  const zoned = /(Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`;
  const at = Date.parse(/^\d{4}-\d{2}-\d{2}Z$/.test(zoned) ? text : zoned);
  if (Number.isNaN(at)) throw projectRefusal(400, "updated_since must be a date and time.");
  return Math.floor(at / 1000) * 1000;
}

function numberIn(query: URLSearchParams, name: string, usual: number): number {
  const text = query.get(name) ?? String(usual);
  if (!/^\d+$/.test(text)) throw projectRefusal(400, `${name} must be a number.`);
  return Math.max(1, Number(text));
}

function inside(request: Request): Values {
  if (!(request.headers["content-type"] ?? "").startsWith("application/json"))
    throw projectRefusal(400, "Content-Type must be application/json.");
  let value: unknown;
  try {
    value = JSON.parse(request.body);
  } catch {
    throw projectRefusal(400, "The body could not be parsed as JSON.");
  }
  const project = isObject(value) ? value["project"] : undefined;
  if (!isObject(project)) throw projectRefusal(400, "The body must hold an object 'project'.");
  return project;
}
