import { type Endpoint, wholeList } from "./endpoint.ts";
import { paymentRequired, wrongField } from "./errors.ts";
import type { Event } from "./event-log.ts";
import type { Task } from "./model.ts";
import type { Plan } from "./limits.ts";
import { taskShown } from "./show-task.ts";
import { day, moment, oneOf } from "./values.ts";
import { atWorkspace } from "./workspace-endpoints.ts";
import type { Workspace } from "./workspace.ts";

const MOST = 100;

type Filter = (task: Task, given: string) => boolean;
const compared =
  (field: "modified_at" | "created_at" | "due_on", keep: (own: string, given: string) => boolean) =>
  (task: Task, given: string): boolean => {
    const limit = field === "due_on" ? day(field, given) : moment(field, given);
    const own = task[field];
    return own !== null && keep(own, limit);
  };
const after = (own: string, given: string) => own > given;
const before = (own: string, given: string) => own < given;

const FILTERS: Record<string, Filter> = {
  text: (task, given) => `${task.name}\n${task.notes}`.toLowerCase().includes(given.toLowerCase()),
  completed: (task, given) => task.completed === (oneOf("true", "false")("completed", given) === "true"), // prettier-ignore
  is_subtask: (task, given) => (task.parent !== null) === (oneOf("true", "false")("is_subtask", given) === "true"), // prettier-ignore
  "assignee.any": (task, given) =>
    given.split(",").some((gid) => task.assignee === (gid === "null" ? null : gid)),
  "projects.any": (task, given) =>
    task.memberships.some(({ project }) => given.split(",").includes(project)),
  "modified_at.after": compared("modified_at", after),
  "modified_at.before": compared("modified_at", before),
  "created_at.after": compared("created_at", after),
  "created_at.before": compared("created_at", before),
  "due_on.after": compared("due_on", after),
  "due_on.before": compared("due_on", before),
};
const SORTS = ["modified_at", "created_at", "completed_at", "due_date"] as const;

export type Search = {
  endpoint: Endpoint;
  /** A change of a task, which the index takes up after the lag. */
  hear(event: Event): void;
  lagMs: number;
};

/** Asana's search: for paying workspaces, without offsets, on an index that trails the tasks. */
export function openSearch(space: Workspace, plan: () => Plan): Search {
  const index = new Map([...space.tasks.values()].map((task) => [task.gid, task]));
  let waiting: { due: number; task: Task }[] = [];

  function visible(): Task[] {
    const now = Date.now();
    for (const { due, task } of waiting) if (due <= now) index.set(task.gid, task);
    waiting = waiting.filter(({ due }) => due > now);
    return [...index.values()].filter(({ deleted_at }) => deleted_at === null);
  }

  return {
    lagMs: 10_000,
    hear({ resource }) {
      const task = resource.resource_type === "task" ? space.tasks.get(resource.gid) : undefined;
      if (task !== undefined) waiting.push({ due: Date.now() + this.lagMs, task });
    },
    endpoint: {
      method: "GET",
      path: "/workspaces/:workspace/tasks/search",
      scope: "tasks:read",
      query: [...Object.keys(FILTERS), "sort_by", "sort_ascending"],
      run({ at, request: { query }, caller }) {
        if (plan() === "free") throw paymentRequired();
        atWorkspace(at("workspace"));
        if (query.has("offset")) throw wrongField("offset", "Search results cannot be paged");
        const found = visible().filter((task) =>
          Object.entries(FILTERS).every(([name, keep]) => {
            const given = query.get(name);
            return given === null || keep(task, given);
          }),
        );
        const rows = sorted(found, query).slice(0, mostOf(query));
        return wholeList(
          rows.map((task) => ({ gid: task.gid, show: () => taskShown(task, space, caller) })),
        );
      },
    },
  };
}

function mostOf(query: URLSearchParams): number {
  const limit = Number(query.get("limit") ?? MOST);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST)
    throw wrongField("limit", "Must be between 1 and 100");
  return limit;
}

function sorted(tasks: Task[], query: URLSearchParams): Task[] {
  const by = oneOf(...SORTS)("sort_by", query.get("sort_by") ?? "modified_at");
  const up = oneOf("true", "false")("sort_ascending", query.get("sort_ascending") ?? "false");
  const keyOf = (task: Task) => (by === "due_date" ? task.due_on : task[by]) ?? "";
  const rising = tasks.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
  return up === "true" ? rising : rising.reverse();
}
