import { customFields } from "./fields.ts";
import type { Task } from "./model.ts";
import type { Shown } from "./opt-fields.ts";
import { projectNamed, sectionNamed, taskNamed, userShown, userShownOrNull } from "./references.ts";
import type { Caller } from "./scopes.ts";
import { valueShown } from "./show-field.ts";
import { tags, WORKSPACE, type Workspace } from "./workspace.ts";

/** Told only when asked for by name. */
export const taskOptIn = ["html_notes", "num_subtasks", "dependencies", "dependents", "assigned_by", "created_by", "is_rendered_as_separator"]; // prettier-ignore

/** All that can be told of a task. Custom fields are those of tasks in a project; a loose task has none. */
export function taskShown(task: Task, space: Workspace, caller: Caller): Shown {
  const places = task.memberships.flatMap(({ project, section }) => {
    const [one, part] = [space.projects.get(project), space.sections.get(section)];
    return one && part && one.deleted_at === null ? [{ project: one, section: part }] : [];
  });
  const above = task.parent === null ? undefined : space.tasks.get(task.parent);
  const own = places.length === 0 ? [] : customFields.filter(({ on }) => on === "task");
  return {
    gid: task.gid,
    resource_type: "task",
    resource_subtype: task.subtype,
    name: task.name,
    notes: task.notes,
    html_notes: task.html_notes ?? `<body>${escaped(task.notes)}</body>`,
    ...(task.subtype === "approval" && {
      approval_status: task.completed ? "approved" : "pending",
    }),
    assignee: userShownOrNull(task.assignee),
    assigned_by: null,
    assignee_status: "upcoming",
    actual_time_minutes: null,
    completed: task.completed,
    completed_at: task.completed_at,
    completed_by: userShownOrNull(task.completed_by),
    created_at: task.created_at,
    created_by: userShown(task.created_by),
    custom_fields: own.map((field) => valueShown(field, task.values[field.gid])),
    dependencies: [],
    dependents: [],
    due_at: task.due_at,
    due_on: task.due_on,
    // Returned only if it is set, and to the app that set it.
    ...(caller.oauth && task.external !== null && { external: externalShown(task.external) }),
    followers: task.followers.map(userShown),
    hearted: false,
    hearts: [],
    is_rendered_as_separator: false,
    liked: false,
    likes: [],
    memberships: places.map(({ project, section }) => ({
      project: projectNamed(project),
      section: sectionNamed(section),
    })),
    modified_at: task.modified_at,
    num_hearts: 0,
    num_likes: 0,
    num_subtasks: space.subtasksOf(task.gid).length,
    parent: above === undefined ? null : taskNamed(above),
    permalink_url: `https://app.asana.com/1/${WORKSPACE.gid}/task/${task.gid}`,
    projects: places.map(({ project }) => projectNamed(project)),
    start_at: task.start_at,
    start_on: task.start_on,
    tags: tags
      .filter(({ gid }) => task.tags.includes(gid))
      .map(({ gid, name }) => ({ gid, resource_type: "tag", name })),
    workspace: WORKSPACE,
  };
}

const externalShown = ({ gid, data }: { gid: string; data: string | null }) =>
  data === null ? { gid } : { gid, data };

export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
