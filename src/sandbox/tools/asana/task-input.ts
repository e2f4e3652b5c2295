import { changedValues } from "./custom-values.ts";
import { type Given, isGiven } from "./endpoint.ts";
import { missingInput, wrongField } from "./errors.ts";
import { externalValues } from "./external-values.ts";
import { resolver } from "./look-up.ts";
import type { Task, TaskValues } from "./model.ts";
import type { Caller } from "./scopes.ts";
import { refuseClashes } from "./task-clashes.ts";
import type { NewTask, Place } from "./tasks.ts";
import { day, flag, moment, oneOf, orNull, text, texts, user } from "./values.ts";
import { tags, WORKSPACE, type Workspace } from "./workspace.ts";

const CREATE_ONLY = ["projects", "tags", "followers", "workspace", "parent", "memberships"];

/** A body's values for a task that exists; fields that only a new one takes are refused. */
export function taskValues(
  given: Given,
  before: Task,
  caller: Caller,
  space: Workspace,
): TaskValues {
  const fixed = CREATE_ONLY.find((name) => name in given);
  if (fixed !== undefined) throw wrongField(fixed, "Can only be set when the task is created");
  return valuesIn(given, before, caller, space);
}

export function newTask(given: Given, caller: Caller, space: Workspace): NewTask {
  const { projects, tags: labels, followers, workspace, parent, memberships, ...rest } = given;
  const places = placesIn(projects, memberships, caller, space);
  const above =
    parent === undefined || parent === null
      ? null
      : resolver(space, caller).task(text("parent", parent)).gid;
  if (workspace === undefined && places.length === 0 && above === null)
    throw missingInput("workspace");
  if (workspace !== undefined && text("workspace", workspace) !== WORKSPACE.gid)
    throw wrongField("workspace", `Not a recognized ID: ${String(workspace)}`);
  return {
    ...valuesIn(rest, null, caller, space),
    places,
    parent: above,
    tags: texts("tags", labels ?? []).map(tag),
    followers: texts("followers", followers ?? []).map((one) => user(caller.user)("followers", one)), // prettier-ignore
  };
}

/** The projects it is to be in: by their gids, or with the section in each. */
function placesIn(
  projects: unknown = [],
  memberships: unknown = [],
  caller: Caller,
  space: Workspace,
): Place[] {
  const { place } = resolver(space, caller);
  if (!Array.isArray(memberships)) throw wrongField("memberships", "Not an array");
  const gids = texts("projects", projects);
  if (gids.length > 0 && memberships.length > 0)
    throw wrongField("memberships", "Cannot be given together with projects");
  return [
    ...gids.map((gid) => place(gid, {})),
    ...memberships.map((one: unknown) => {
      if (!isGiven(one)) throw wrongField("memberships", "Not an object");
      return place(text("memberships.project", one["project"]), { section: one["section"] });
    }),
  ];
}

function tag(gid: string): string {
  if (tags.some((one) => one.gid === gid)) return gid;
  throw wrongField("tags", `Not a recognized ID: ${gid}`);
}

type Reader = (value: unknown, before: Task | null, caller: Caller, space: Workspace) => TaskValues;

const READ: Record<string, Reader> = {
  name: (value) => ({ name: text("name", value) }),
  notes: (value) => ({ notes: text("notes", value), html_notes: null }),
  html_notes: richNotes,
  resource_subtype: (value) => ({
    subtype: oneOf("default_task", "milestone", "approval")("resource_subtype", value),
  }),
  completed: (value) => ({ completed: flag("completed", value) }),
  due_on: (value) => ({ due_on: orNull(day)("due_on", value) }),
  due_at: (value) => ({ due_at: orNull(moment)("due_at", value) }),
  start_on: (value) => ({ start_on: orNull(day)("start_on", value) }),
  start_at: (value) => ({ start_at: orNull(moment)("start_at", value) }),
  assignee: (value, _, caller) => ({ assignee: orNull(user(caller.user))("assignee", value) }),
  custom_fields: (value, before, caller) => ({
    values: changedValues(value, before?.values ?? {}, "task", caller.user),
  }),
  external: (value, before, caller, space) => ({
    external: externalValues(value, before, caller, space),
  }),
  // Of no effect here: these only say how this user sees the task.
  liked: (value) => (flag("liked", value), {}),
  assignee_status: (value) => (text("assignee_status", value), {}),
};

function valuesIn(given: Given, before: Task | null, caller: Caller, space: Workspace): TaskValues {
  const parts = Object.entries(given).map(([name, value]) => {
    const read = READ[name];
    if (read === undefined) throw wrongField(name, "Unknown or read-only field");
    return read(value, before, caller, space);
  });
  refuseClashes(given, before);
  return Object.assign({}, ...parts) as TaskValues;
}

function richNotes(value: unknown): TaskValues {
  const html_notes = text("html_notes", value);
  const inner = /^<body>([\s\S]*)<\/body>$/.exec(html_notes)?.[1];
  if (inner === undefined) throw wrongField("html_notes", "XML is invalid");
  const entities: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
  const notes = inner
    .replace(/<[^>]*>/g, "")
    .replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => entities[name] ?? "");
  return { notes, html_notes };
}
