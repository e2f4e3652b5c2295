import { notRecognized } from "./errors.ts";
import { type Projects, projectValues } from "./projects.ts";
import { callerWith } from "./scopes.ts";
import { newTask, taskValues } from "./task-input.ts";
import type { Tasks } from "./tasks.ts";
import { SOMEBODY_ELSE, type Workspace, WORKSPACE } from "./workspace.ts";

export type Edit = (id: string | null, set: Record<string, unknown>, object: string | null) => unknown; // prettier-ignore

/** What somebody else does in Asana itself; `deleted` puts into the trash or takes out again. */
export function openEdit(space: Workspace, projects: Projects, tasks: Tasks): Edit {
  const by = callerWith(SOMEBODY_ELSE, "everything");

  function editProject(id: string | null, deleted: unknown, set: Record<string, unknown>) {
    if (id === null) return projects.create(by.user, projectValues(set, null, by.user));
    const project = space.projects.get(id);
    if (project === undefined) throw notRecognized("project", id);
    const after = projects.update(by.user, project, projectValues(set, project, by.user));
    return typeof deleted === "boolean" ? projects.setDeleted(by.user, after, deleted) : after;
  }

  function editTask(id: string | null, deleted: unknown, set: Record<string, unknown>) {
    if (id === null) {
      const home = "projects" in set || "parent" in set ? {} : { workspace: WORKSPACE.gid };
      return tasks.create(by.user, newTask({ ...home, ...set }, by, space));
    }
    const task = space.tasks.get(id);
    if (task === undefined) throw notRecognized("task", id);
    const after = tasks.update(by.user, task, taskValues(set, task, by, space));
    return typeof deleted === "boolean" ? tasks.setDeleted(by.user, after, deleted) : after;
  }

  return (id, { deleted, ...set }, object) => {
    if (object === null || object === "projects") return editProject(id, deleted, set);
    if (object === "tasks") return editTask(id, deleted, set);
    throw new Error('The object is "projects" or "tasks".');
  };
}
