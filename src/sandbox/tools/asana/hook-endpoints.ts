import { randomBytes } from "node:crypto";
import { deliverOnce } from "../deliveries.ts";
import { json } from "../http.ts";
import { type Call, empty, type Endpoint, list, one } from "./endpoint.ts";
import { badRequest, forbidden, missingInput, notRecognized, wrongField } from "./errors.ts";
import type { Named } from "./event-log.ts";
import { filtersIn, type Hook, type Hooks, hookShown } from "./hooks.ts";
import { resolver } from "./look-up.ts";
import { compact, selected, wantedFields } from "./opt-fields.ts";
import { projectNamed, taskNamed } from "./references.ts";
import { text } from "./values.ts";
import { atWorkspace } from "./workspace-endpoints.ts";
import { TEAM, type Workspace, WORKSPACE } from "./workspace.ts";

export function hookEndpoints(hooks: Hooks, space: Workspace): Endpoint[] {
  const found = ({ at }: Call): Hook => {
    const hook = hooks.get(at("webhook"));
    if (hook === undefined) throw notRecognized("webhook", at("webhook"));
    return hook;
  };

  function resourceOf(gid: string, { caller }: Call): Named {
    if (gid === WORKSPACE.gid) return { ...compact(WORKSPACE), name: WORKSPACE.name };
    if (gid === TEAM.gid) return TEAM;
    const find = resolver(space, caller);
    const isProject = space.projects.get(gid) !== undefined;
    return isProject ? projectNamed(find.project(gid)) : taskNamed(find.task(gid));
  }

  function asked(call: Call): Pick<Hook, "resource" | "target" | "filters"> {
    const { resource: gid, target: given, filters: wanted, ...rest } = call.data();
    const strange = Object.keys(rest)[0];
    if (strange !== undefined) throw wrongField(strange, "Unknown field");
    if (gid === undefined) throw missingInput("resource");
    if (given === undefined) throw missingInput("target");
    const resource = resourceOf(text("resource", gid), call);
    const filters = filtersIn(wanted);
    const target = text("target", given);
    const url = URL.parse(target);
    if (url === null || !/^https?:$/.test(url.protocol))
      throw wrongField("target", `Not a valid URL: ${target}`);
    // Asana takes no address of a machine's own. Here everything is on one, so its number is let through.
    if (url.hostname === "localhost") throw forbidden("target: localhost is not allowed");
    if (["workspace", "team"].includes(resource.resource_type) && filters.length === 0)
      throw wrongField("filters", "Required for webhooks on a workspace or team");
    if ([...hooks.values()].some((hook) => hook.target === target && hook.resource.gid === gid))
      throw forbidden("A webhook with the same resource and target already exists");
    return { resource, target, filters };
  }

  return [
    {
      method: "GET",
      path: "/webhooks",
      scope: "webhooks:read",
      query: ["workspace", "resource"],
      run({ request: { query } }) {
        const workspace = query.get("workspace");
        if (workspace === null) throw missingInput("workspace");
        atWorkspace(workspace);
        const resource = query.get("resource");
        return list(
          [...hooks.values()]
            .filter((hook) => resource === null || hook.resource.gid === resource)
            .map((hook) => ({ gid: hook.gid, show: () => hookShown(hook) })),
        );
      },
    },
    {
      method: "POST",
      path: "/webhooks",
      scope: "webhooks:write",
      async run(call) {
        const wanted = wantedFields(call.request.query.get("opt_fields"), call.caller);
        const given = asked(call);
        const secret = await shaken(given.target);
        const hook: Hook = {
          ...BLANK,
          ...given,
          gid: space.nextGid(),
          secret,
          created_at: new Date().toISOString(),
        };
        hooks.set(hook.gid, hook);
        const shown = hookShown(hook);
        const data = wanted === null ? shown : selected(shown, wanted);
        return { kind: "answer", answer: json(201, { data, "X-Hook-Secret": secret }) };
      },
    },
    {
      method: "GET",
      path: "/webhooks/:webhook",
      scope: "webhooks:read",
      run: (call) => one(hookShown(found(call))),
    },
    {
      method: "PUT",
      path: "/webhooks/:webhook",
      scope: "webhooks:write",
      run(call) {
        const { filters, ...rest } = call.data();
        const strange = Object.keys(rest)[0];
        if (strange !== undefined) throw wrongField(strange, "Unknown field");
        const hook = { ...found(call), filters: filtersIn(filters) };
        hooks.set(hook.gid, hook);
        return one(hookShown(hook));
      },
    },
    {
      method: "DELETE",
      path: "/webhooks/:webhook",
      scope: "webhooks:delete",
      run(call) {
        hooks.delete(found(call).gid);
        return empty;
      },
    },
  ];
}

/** The handshake, while whoever asked for the webhook still waits: the target has to send the secret back. */
async function shaken(target: string): Promise<string> {
  const secret = randomBytes(32).toString("hex");
  const headers = { "content-type": "application/json", "x-hook-secret": secret };
  const { status, headers: back } = await deliverOnce({ url: target, headers, body: "{}" });
  if (![200, 204].includes(status) || back.get("x-hook-secret") !== secret)
    throw badRequest("Could not complete activation handshake with target URL. Please ensure that the receiving server is accepting connections and supports SSL"); // prettier-ignore
  return secret;
}

const BLANK: Hook = {
  gid: "",
  resource: { gid: "", resource_type: "" },
  target: "",
  filters: [],
  secret: "",
  created_at: "",
  last_success_at: null,
  last_failure_at: null,
  last_failure_content: "",
  retries: 0,
  next_attempt_after: null,
  failure_deletion_timestamp: null,
};
