import { json, type Request, type Route } from "../http.ts";
import { bodyOf, numberIn } from "./body.ts";
import { badRequest, confirmationNeeded } from "./errors.ts";
import { type Hook, hookPath, type Hooks } from "./hooks.ts";
import { TEAM } from "./scenarios.ts";

/** Webhooks as the API sees them: made, named, switched, asked how they are. */
export function hookRoutes(hooks: Hooks, origin: () => string): Route[] {
  const at = (method: string, path: string, handle: (request: Request) => object): Route => ({
    method,
    path: `/api/v2/hooks${path}`,
    handle: (request) => json(200, handle(request)),
  });
  const one = (request: Request) => hooks.get(request.params["id"] ?? "");
  const changing = (path: string, set: Partial<Hook>) =>
    at("POST", `/:id/${path}`, (request) => {
      hooks.change(String(one(request).id), set);
      return { success: true };
    });

  return [
    at("GET", "", ({ query }) => {
      const typeName = query.get("typeName") ?? "gateway-webhook";
      const assigned = query.get("assigned");
      if (numberIn(query, "teamId") !== TEAM || typeName !== "gateway-webhook")
        return { hooks: [] };
      const wanted = hooks
        .all()
        .filter(
          (hook) =>
            assigned === null || (assigned === "true") === (hooks.scenarioOf(hook) !== undefined),
        );
      return { hooks: wanted.map((hook) => hooks.shown(hook)) };
    }),
    at("POST", "", (request) => {
      const hook = hooks.create(bodyOf(request, ["name", "teamId", "typeName", "method", "headers", "stringify"])); // prettier-ignore
      return { hook: hooks.shown(hook) };
    }),
    at("GET", "/:id", (request) => ({ hook: hooks.shown(one(request)) })),
    at("PATCH", "/:id", (request) => {
      const { name } = bodyOf(request, ["name"]);
      if (typeof name !== "string" || name === "")
        throw badRequest("Validation failed for 1 parameter(s).", "'name' is required.");
      return { hook: hooks.shown(hooks.change(String(one(request).id), { name })) };
    }),
    at("DELETE", "/:id", (request) => {
      const hook = one(request);
      if (hooks.scenarioOf(hook) !== undefined && request.query.get("confirmed") !== "true")
        throw confirmationNeeded("The webhook is used by a scenario. Please confirm.");
      hooks.remove(String(hook.id));
      return { hook: hook.id };
    }),
    at("POST", "/:id/set-data", (request) => {
      const hook = one(request);
      const data = { ...hook.data, ...bodyOf(request, ["method", "headers", "stringify"]) };
      hooks.change(String(hook.id), { data });
      return { changed: JSON.stringify(data) !== JSON.stringify(hook.data) };
    }),
    at("GET", "/:id/ping", (request) => {
      const hook = one(request);
      return {
        address: origin() + hookPath(hook.udid),
        attached: hooks.scenarioOf(hook) !== undefined,
        learning: hook.learning,
        gone: hook.gone,
      };
    }),
    changing("enable", { enabled: true }),
    changing("disable", { enabled: false }),
    changing("learn-start", { learning: true }),
    changing("learn-stop", { learning: false }),
  ];
}
