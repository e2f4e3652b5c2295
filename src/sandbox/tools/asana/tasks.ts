import { badRequest } from "./errors.ts";
import type { Event, EventLog, Named } from "./event-log.ts";
import { type Entry, eventsOfChange } from "./task-changes.ts";
import type { Membership, Section, Task, TaskValues } from "./model.ts";
import { projectNamed, sectionNamed, taskNamed } from "./references.ts";
import { later, type Workspace } from "./workspace.ts";

/** Where in a project: at the end of its first section unless said otherwise. */
export type Place = { section: Section; before: string | null; after: string | null };
export type NewTask = TaskValues & {
  followers: string[];
  tags: string[];
  parent: string | null;
  places: Place[];
};

export type Tasks = {
  create(user: string, given: NewTask, at?: string): Task;
  update(user: string, task: Task, values: TaskValues, at?: string): Task;
  place(user: string, task: Task, place: Place): Task;
  removeFrom(user: string, task: Task, project: string): Task;
  /** Into the trash, or back from it. */
  setDeleted(user: string, task: Task, deleted: boolean): Task;
};

/** What happens to tasks, each change with the events that tell of it. */
export function openTasks(workspace: Workspace, log: EventLog): Tasks {
  const { projects, sections, tally } = workspace;

  function tell(user: string, task: Task, entry: Entry, beside: string[] = []): void {
    const around = task.memberships.map(({ project }) => project);
    const event: Event = {
      user,
      at: task.modified_at,
      resource: entry.resource ?? taskNamed(task),
      action: entry.action,
      parent: entry.parent ?? null,
      change: entry.change ?? null,
      subjects: [...new Set([task.gid, ...around, ...beside])],
    };
    log.add(event);
  }

  const projectOf = (gid: string): Named | null => {
    const project = projects.get(gid);
    return project === undefined ? null : projectNamed(project);
  };
  const sectionOf = (gid: string): Named | null => {
    const section = sections.get(gid);
    return section === undefined ? null : sectionNamed(section);
  };

  function membership({ section, before, after }: Place, task: string | null): Membership {
    const others = workspace.tasksOf(section.project).filter(({ gid }) => gid !== task);
    const orders = others.map((other) => placeIn(other, section.project)?.order ?? 0);
    const beside = before ?? after;
    const at = beside === null ? -1 : others.findIndex(({ gid }) => gid === beside);
    if (beside !== null && at === -1) throw badRequest(`insert: ${beside} is not in this project`);
    const order =
      at === -1
        ? (orders.at(-1) ?? 0) + 1
        : between(orders[before === null ? at : at - 1], orders[before === null ? at + 1 : at]);
    return { project: section.project, section: section.gid, order };
  }

  return {
    create(user, { places, followers, tags, parent, ...values }, at = new Date().toISOString()) {
      const task = workspace.keepTask({
        ...BLANK,
        ...dated(values),
        gid: workspace.nextGid(),
        followers: [...new Set([user, ...followers])],
        tags,
        parent,
        memberships: places.map((place) => membership(place, null)),
        created_at: at,
        created_by: user,
        modified_at: at,
        ...(values.completed === true && { completed_at: at, completed_by: user }),
      });
      tally.creates += 1;
      for (const { project, section } of task.memberships) {
        tell(user, task, { action: "added", parent: projectOf(project) });
        tell(user, task, { action: "added", parent: sectionOf(section) });
      }
      const above = parent === null ? undefined : workspace.tasks.get(parent);
      if (above) tell(user, task, { action: "added", parent: taskNamed(above) }, [above.gid]);
      return task;
    },

    update(user, task, values, at = later(task.modified_at)) {
      const changed = dated(values);
      const entries = eventsOfChange(task, changed, workspace);
      if (entries.length === 0) return task;
      const completion =
        values.completed === undefined || values.completed === task.completed
          ? {}
          : {
              completed_at: values.completed ? at : null,
              completed_by: values.completed ? user : null,
            };
      const after = workspace.keepTask({ ...task, ...changed, ...completion, modified_at: at });
      tally.updates += 1;
      for (const entry of entries) tell(user, after, entry);
      return after;
    },

    place(user, task, place) {
      const given = membership(place, task.gid);
      const before = placeIn(task, given.project);
      const others = task.memberships.filter(({ project }) => project !== given.project);
      const after = workspace.keepTask({
        ...task,
        memberships: [...others, given],
        modified_at: later(task.modified_at),
      });
      if (before === undefined)
        tell(user, after, { action: "added", parent: projectOf(given.project) });
      else tell(user, after, { action: "removed", parent: sectionOf(before.section) });
      tell(user, after, { action: "added", parent: sectionOf(given.section) });
      return after;
    },

    removeFrom(user, task, project) {
      const memberships = task.memberships.filter((one) => one.project !== project);
      const modified_at = later(task.modified_at);
      const after = workspace.keepTask({ ...task, memberships, modified_at });
      tell(user, after, { action: "removed", parent: projectOf(project) }, [project]);
      return after;
    },

    setDeleted(user, task, deleted) {
      if ((task.deleted_at !== null) === deleted) return task;
      const at = later(task.modified_at);
      const deleted_at = deleted ? at : null;
      const after = workspace.keepTask({ ...task, deleted_at, modified_at: at });
      tally.archived += deleted ? 1 : 0;
      tell(user, after, { action: deleted ? "deleted" : "undeleted" });
      return after;
    },
  };
}

export const placeIn = (task: Task, project: string): Membership | undefined =>
  task.memberships.find((one) => one.project === project);

/** A time of day has a day too; a day alone has no time. */
function dated(values: TaskValues): TaskValues {
  const { due_at, due_on, start_at, start_on } = values;
  return {
    ...values,
    ...(due_on !== undefined && { due_at: null }),
    ...(start_on !== undefined && { start_at: null }),
    ...(due_at !== undefined && { due_on: due_at === null ? null : due_at.slice(0, 10) }),
    ...(start_at !== undefined && { start_on: start_at === null ? null : start_at.slice(0, 10) }),
  };
}

function between(low: number | undefined, high: number | undefined): number {
  if (low === undefined) return (high ?? 1) - 1;
  return high === undefined ? low + 1 : (low + high) / 2;
}

const BLANK: Task = {
  gid: "",
  name: "",
  notes: "",
  html_notes: null,
  subtype: "default_task",
  completed: false,
  completed_at: null,
  completed_by: null,
  due_on: null,
  due_at: null,
  start_on: null,
  start_at: null,
  assignee: null,
  followers: [],
  tags: [],
  parent: null,
  memberships: [],
  values: {},
  external: null,
  created_at: "",
  created_by: "",
  modified_at: "",
  deleted_at: null,
};
