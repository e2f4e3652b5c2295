import type { Collection, Shelf } from "../../collection.ts";
import type { Tally } from "../simulated-tool.ts";
import { staff } from "../staff.ts";
import type { Project, Section, Tag, Task, User } from "./model.ts";

const fixed = (n: number) => String(12_085_400_000_000_000n + BigInt(n));
const FIRST_FREE = 1001;

export const WORKSPACE = {
  gid: fixed(1),
  resource_type: "workspace",
  name: "Harbour & Sons",
  is_organization: true,
  email_domains: ["harbour-and-sons.example"],
};
export const TEAM = { gid: fixed(2), resource_type: "team", name: "Projects" };

export const users: readonly User[] = staff.map(({ name, email }, n) => ({
  gid: fixed(11 + n),
  name,
  email,
}));

/** Whose tokens they are: the first of the business. */
export const ME = users[0]?.gid ?? "";
/** Who changes things in Asana itself. */
export const SOMEBODY_ELSE = users[1]?.gid ?? "";

export const tags: readonly Tag[] = ["urgent", "customer waits", "later"].map((name, n) => ({
  gid: fixed(31 + n),
  name,
}));

export type Workspace = {
  projects: Collection<Project>;
  sections: Collection<Section>;
  tasks: Collection<Task>;
  /** Living tasks by the gid that the app gave them. */
  byExternal(gid: string): Task | undefined;
  keepTask(task: Task): Task;
  sectionsOf(project: string): Section[];
  /** A project's tasks in its order. Subtasks are among them only where they were added by themselves. */
  tasksOf(project: string): Task[];
  subtasksOf(task: string): Task[];
  nextGid(): string;
  tally: Tally;
};

export function openWorkspace(shelf: Shelf): Workspace {
  const projects = shelf.collection<Project>("projects");
  const sections = shelf.collection<Section>("sections");
  const tasks = shelf.collection<Task>("tasks");
  const counters = shelf.collection<number>("counters");
  const external = new Map<string, string>();
  const byProject = groups();
  const byParent = groups();
  for (const task of tasks.values()) index(task);

  function index(task: Task, before?: Task): void {
    if (before?.external) external.delete(before.external.gid);
    if (task.external && task.deleted_at === null) external.set(task.external.gid, task.gid);
    for (const { project } of before?.memberships ?? []) byProject.of(project).delete(task.gid);
    for (const { project } of task.memberships) byProject.of(project).add(task.gid);
    if (task.parent !== null) byParent.of(task.parent).add(task.gid);
  }

  const living = (gids: Iterable<string>): Task[] =>
    [...gids]
      .flatMap((gid) => tasks.get(gid) ?? [])
      .filter(({ deleted_at }) => deleted_at === null);

  return {
    projects,
    sections,
    tasks,
    byExternal(gid) {
      const own = external.get(gid);
      return own === undefined ? undefined : tasks.get(own);
    },
    keepTask(task) {
      index(task, tasks.get(task.gid));
      tasks.set(task.gid, task);
      return task;
    },
    sectionsOf: (project) => [...sections.values()].filter((one) => one.project === project),
    tasksOf: (project) =>
      living(byProject.of(project))
        .map((task) => ({ task, order: orderIn(task, project) }))
        .sort((a, b) => a.order - b.order)
        .map(({ task }) => task),
    subtasksOf: (gid) => living(byParent.of(gid)),
    nextGid() {
      const n = counters.get("gid") ?? FIRST_FREE;
      counters.set("gid", n + 1);
      return fixed(n);
    },
    tally: { creates: 0, updates: 0, archived: 0 },
  };
}

const orderIn = ({ memberships }: Task, project: string): number =>
  memberships.find((one) => one.project === project)?.order ?? 0;

/** Sets of gids under a gid. */
function groups() {
  const sets = new Map<string, Set<string>>();
  return {
    of(gid: string): Set<string> {
      const set = sets.get(gid) ?? new Set();
      sets.set(gid, set);
      return set;
    },
  };
}

/** Now, and in any case later than before, so that no change hides behind an equal time. */
export const later = (before: string): string =>
  new Date(Math.max(Date.now(), Date.parse(before) + 1)).toISOString();
