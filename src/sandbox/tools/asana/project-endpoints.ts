import { type Call, created, empty, type Endpoint, type Given, list, one } from "./endpoint.ts";
import { missingInput, notRecognized, wrongField } from "./errors.ts";
import { resolver } from "./look-up.ts";
import type { Project } from "./model.ts";
import type { Listed } from "./paging.ts";
import { type Projects, projectValues } from "./projects.ts";
import { sectionNamed } from "./references.ts";
import { projectOptIn, projectShown, settingsOf } from "./show-project.ts";
import { text, user } from "./values.ts";
import { atWorkspace } from "./workspace-endpoints.ts";
import { TEAM, type Workspace, WORKSPACE } from "./workspace.ts";

export function projectEndpoints(space: Workspace, projects: Projects): Endpoint[] {
  const found = ({ at, caller }: Call): Project => resolver(space, caller).project(at("project"));

  function all(archived: string | null): Listed[] {
    if (archived !== null && !["true", "false"].includes(archived))
      throw wrongField("archived", `Not a boolean: ${archived}`);
    return [...space.projects.values()]
      .filter(({ deleted_at }) => deleted_at === null)
      .filter((project) => archived === null || project.archived === (archived === "true"))
      .map((project) => ({ gid: project.gid, show: () => projectShown(project) }));
  }

  function create({ caller, data }: Call, workspace: string | null) {
    const { workspace: given = workspace, team, followers, ...rest } = data();
    if (given === null && team === undefined) throw missingInput("workspace");
    if (given !== null && given !== WORKSPACE.gid)
      throw wrongField("workspace", `Not a recognized ID: ${text("workspace", given)}`);
    refuseTeam(team);
    return projects.create(caller.user, {
      followers: followersIn(followers, caller.user),
      ...projectValues(rest, null, caller.user),
    });
  }

  function update(call: Call, { team, followers, ...rest }: Given) {
    refuseTeam(team);
    const project = found(call);
    return projects.update(call.caller.user, project, {
      ...(followers !== undefined && { followers: followersIn(followers, call.caller.user) }),
      ...projectValues(rest, project, call.caller.user),
    });
  }

  return [
    {
      method: "GET",
      path: "/projects",
      scope: "projects:read",
      query: ["workspace", "team", "archived"],
      run({ request: { query } }) {
        const workspace = query.get("workspace");
        if (workspace !== null) atWorkspace(workspace);
        const team = query.get("team");
        if (team !== null && team !== TEAM.gid) throw notRecognized("team", team);
        return list(all(query.get("archived")));
      },
    },
    {
      method: "POST",
      path: "/projects",
      scope: "projects:write",
      run: (call) => created(projectShown(create(call, null)), projectOptIn),
    },
    {
      method: "GET",
      path: "/workspaces/:workspace/projects",
      scope: "projects:read",
      query: ["archived"],
      run({ at, request }) {
        atWorkspace(at("workspace"));
        return list(all(request.query.get("archived")));
      },
    },
    {
      method: "POST",
      path: "/workspaces/:workspace/projects",
      scope: "projects:write",
      run(call) {
        atWorkspace(call.at("workspace"));
        return created(projectShown(create(call, call.at("workspace"))), projectOptIn);
      },
    },
    {
      method: "GET",
      path: "/projects/:project",
      scope: "projects:read",
      run: (call) => one(projectShown(found(call)), projectOptIn),
    },
    {
      method: "PUT",
      path: "/projects/:project",
      scope: "projects:write",
      run: (call) => one(projectShown(update(call, call.data())), projectOptIn),
    },
    {
      method: "DELETE",
      path: "/projects/:project",
      scope: "projects:delete",
      run(call) {
        projects.setDeleted(call.caller.user, found(call), true);
        return empty;
      },
    },
    {
      method: "GET",
      path: "/projects/:project/sections",
      scope: null,
      run: (call) =>
        list(
          space.sectionsOf(found(call).gid).map((section) => ({
            gid: section.gid,
            show: () => ({ ...sectionNamed(section) }),
          })),
        ),
    },
    {
      method: "GET",
      path: "/projects/:project/custom_field_settings",
      scope: "projects:read",
      run: (call) =>
        list(settingsOf(found(call)).map((shown) => ({ gid: shown.gid, show: () => shown }))),
    },
  ];
}

function refuseTeam(team: unknown): void {
  if (team !== undefined && team !== TEAM.gid)
    throw wrongField("team", `Not a recognized ID: ${text("team", team)}`);
}

/** Users with commas between, where tasks take a list. */
const followersIn = (given: unknown, me: string): string[] =>
  given === undefined
    ? []
    : text("followers", given)
        .split(",")
        .map((each) => user(me)("followers", each.trim()));
