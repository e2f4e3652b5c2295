import { type Call, created, empty, type Endpoint, list, one } from "./endpoint.ts";
import { badRequest, wrongField } from "./errors.ts";
import { resolver } from "./look-up.ts";
import type { Task } from "./model.ts";
import type { Listed } from "./paging.ts";
import type { Caller } from "./scopes.ts";
import { taskOptIn, taskShown } from "./show-task.ts";
import { newTask, taskValues } from "./task-input.ts";
import { type Tasks, placeIn } from "./tasks.ts";
import { moment, text, user } from "./values.ts";
import { atWorkspace } from "./workspace-endpoints.ts";
import type { Workspace } from "./workspace.ts";

const FILTERS = ["project", "tag", "section", "assignee", "workspace", "completed_since", "modified_since"]; // prettier-ignore

export function taskEndpoints(space: Workspace, tasks: Tasks): Endpoint[] {
  const found = ({ at, caller }: Call): Task => resolver(space, caller).task(at("task"));
  const shown = (task: Task, caller: Caller) => taskShown(task, space, caller);
  const listed = (chosen: Task[], caller: Caller): Listed[] =>
    chosen.map((task) => ({ gid: task.gid, show: () => shown(task, caller) }));

  return [
    {
      method: "GET",
      path: "/tasks",
      scope: "tasks:read",
      query: FILTERS,
      run: ({ request: { query }, caller }) =>
        list(listed(filtered(asked(query, space, caller), query), caller)),
    },
    {
      method: "POST",
      path: "/tasks",
      scope: "tasks:write",
      run({ caller, data }) {
        const task = tasks.create(caller.user, newTask(data(), caller, space));
        return created(shown(task, caller), taskOptIn);
      },
    },
    {
      method: "GET",
      path: "/projects/:project/tasks",
      scope: "tasks:read",
      query: ["completed_since"],
      run({ at, request, caller }) {
        const project = resolver(space, caller).project(at("project"));
        return list(listed(filtered(space.tasksOf(project.gid), request.query), caller));
      },
    },
    {
      method: "GET",
      path: "/tasks/:task",
      scope: "tasks:read",
      run: (call) => one(shown(found(call), call.caller), taskOptIn),
    },
    {
      method: "PUT",
      path: "/tasks/:task",
      scope: "tasks:write",
      run(call) {
        const { caller } = call;
        const before = found(call);
        const values = taskValues(call.data(), before, caller, space);
        return one(shown(tasks.update(caller.user, before, values), caller), taskOptIn);
      },
    },
    {
      method: "DELETE",
      path: "/tasks/:task",
      scope: "tasks:delete",
      run(call) {
        tasks.setDeleted(call.caller.user, found(call), true);
        return empty;
      },
    },
    {
      method: "GET",
      path: "/tasks/:task/subtasks",
      scope: "tasks:read",
      run: (call) => list(listed(space.subtasksOf(found(call).gid), call.caller)),
    },
    {
      method: "POST",
      path: "/tasks/:task/addProject",
      scope: "tasks:write",
      run(call) {
        const { project, ...where } = call.data();
        const strange = Object.keys(where).find((name) => !["section", "insert_before", "insert_after"].includes(name)); // prettier-ignore
        if (strange !== undefined) throw wrongField(strange, "Unknown field");
        const task = found(call);
        const find = resolver(space, call.caller);
        tasks.place(call.caller.user, task, find.place(text("project", project), where));
        return empty;
      },
    },
    {
      method: "POST",
      path: "/tasks/:task/removeProject",
      scope: "tasks:write",
      run(call) {
        const task = found(call);
        const gid = text("project", call.data()["project"]);
        const { gid: project } = resolver(space, call.caller).project(gid);
        if (placeIn(task, project) === undefined)
          throw wrongField("project", "The task is not in this project");
        tasks.removeFrom(call.caller.user, task, project);
        return empty;
      },
    },
  ];
}

/** Of a project, a section, a tag, or an assignee in a workspace: one of them has to be named. */
function asked(query: URLSearchParams, space: Workspace, caller: Caller): Task[] {
  const [project, section, tag] = ["project", "section", "tag"].map((name) => query.get(name));
  const [assignee, workspace] = [query.get("assignee"), query.get("workspace")];
  const named = [project, section, tag, assignee ?? workspace].filter((name) => name != null);
  if (named.length !== 1 || (assignee === null) !== (workspace === null))
    throw badRequest("You should specify one of project, section, tag, or assignee + workspace");
  if (project != null) return space.tasksOf(resolver(space, caller).project(project).gid);
  if (section != null) return inSection(section, space);
  const living = [...space.tasks.values()].filter(({ deleted_at }) => deleted_at === null);
  if (tag != null) return living.filter(({ tags }) => tags.includes(tag));
  atWorkspace(workspace ?? "");
  const gid = user(caller.user)("assignee", assignee);
  return living.filter((task) => task.assignee === gid);
}

function inSection(gid: string, space: Workspace): Task[] {
  const project = space.sections.get(gid)?.project;
  if (project === undefined) throw wrongField("section", `Not a recognized ID: ${gid}`);
  return space.tasksOf(project).filter((task) => placeIn(task, project)?.section === gid);
}

function filtered(tasks: Task[], query: URLSearchParams): Task[] {
  const modified = query.get("modified_since");
  const completed = query.get("completed_since");
  const since = modified === null ? null : moment("modified_since", modified);
  const open =
    completed === null
      ? null
      : completed === "now"
        ? new Date().toISOString()
        : moment("completed_since", completed);
  return tasks.filter(
    (task) =>
      (since === null || task.modified_at >= since) &&
      (open === null || task.completed_at === null || task.completed_at >= open),
  );
}
