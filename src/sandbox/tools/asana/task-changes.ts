import { customFields } from "./fields.ts";
import type { Change, Event, Named } from "./event-log.ts";
import type { Task, TaskValues } from "./model.ts";
import { taskNamed, userShown } from "./references.ts";
import type { Workspace } from "./workspace.ts";

/** An event in the making: of the task itself unless it names another resource. */
export type Entry = {
  action: Event["action"];
  resource?: Named;
  parent?: Named | null;
  change?: Change;
};

const WATCHED = ["name", "notes", "completed", "due_on", "due_at", "start_on", "start_at", "assignee", "external"] as const; // prettier-ignore
/** Changes of which Asana also writes a line into the task's history, which is an event of its own. */
const STORIES: Partial<Record<(typeof WATCHED)[number], string>> = {
  name: "name_changed",
  due_on: "due_date_changed",
  assignee: "assigned",
};

/** What these values would change, as events tell it: the field's name, never its value. Empty if nothing. */
export function eventsOfChange(before: Task, values: TaskValues, workspace: Workspace): Entry[] {
  return [
    ...WATCHED.filter((field) => differs(before, values, field)).flatMap((field) => [
      changeOf(field, values),
      ...storyOf(field, before, values, workspace),
    ]),
    ...fieldsChanged(before, values).map((field): Entry => {
      const value = { gid: field.gid, resource_type: "custom_field", name: field.name };
      return {
        action: "changed",
        change: { field: "custom_fields", action: "changed", value },
      };
    }),
  ];
}

const differs = (before: Task, values: TaskValues, field: (typeof WATCHED)[number]): boolean =>
  field in values && JSON.stringify(values[field]) !== JSON.stringify(before[field]);

function changeOf(field: (typeof WATCHED)[number], values: TaskValues): Entry {
  const user = field === "assignee" && values.assignee ? userShown(values.assignee) : null;
  const value = user && { gid: user.gid, resource_type: "user", name: String(user["name"]) };
  return { action: "changed", change: { field, action: "changed", value } };
}

function storyOf(
  field: (typeof WATCHED)[number],
  task: Task,
  values: TaskValues,
  workspace: Workspace,
): Entry[] {
  const completion = values.completed === true ? "marked_complete" : "marked_incomplete";
  const subtype = field === "completed" ? completion : STORIES[field];
  if (subtype === undefined) return [];
  const resource = {
    gid: workspace.nextGid(),
    resource_type: "story",
    resource_subtype: subtype,
  };
  return [{ action: "added", resource, parent: taskNamed(task) }];
}

const fieldsChanged = (before: Task, { values }: TaskValues) =>
  values === undefined
    ? []
    : customFields.filter(
        ({ gid }) => JSON.stringify(values[gid]) !== JSON.stringify(before.values[gid]),
      );
