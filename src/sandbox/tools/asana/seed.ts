import type { Shelf } from "../../collection.ts";
import type { FieldValues } from "./model.ts";
import { fieldNamed, optionNamed } from "./fields.ts";
import type { Projects, ProjectValues } from "./projects.ts";
import type { NewTask, Tasks } from "./tasks.ts";
import { spoil } from "./flaws.ts";
import { errand, undertaking } from "../work.ts";
import { users, type Workspace } from "./workspace.ts";

const DAY = 86_400_000;
const FIRST_CREATED = Date.parse("2026-08-03T08:12:40.250Z");
const at = (n: number, step: number) => new Date(FIRST_CREATED + n * step + n).toISOString();
const assignee = (n: number) => users[n % users.length]?.gid ?? null;
const byOption = (on: "task" | "project", field: string, option: string): FieldValues => {
  const found = fieldNamed(on, field);
  return { [found.gid]: optionNamed(found, option) };
};

const PROGRESS = { open: "Not started", started: "In progress", done: "Finished" };
const STAGE = { planned: "Planned", "under way": "Under way", finished: "Finished" };

/** The n-th made-up project, with nothing wrong. */
export function projectOf(n: number): ProjectValues {
  const work = undertaking(n);
  return {
    name: work.name,
    notes: work.about,
    archived: work.stage === "finished",
    start_on: work.start,
    due_on: work.due,
    owner: assignee(n),
    color: n % 2 === 0 ? "light-green" : "dark-teal",
    values: {
      [fieldNamed("project", "Customer").gid]: work.customer.company,
      [fieldNamed("project", "Customer e-mail").gid]: work.customer.email,
      ...byOption("project", "Stage", STAGE[work.stage]),
      [fieldNamed("project", "Budget").gid]: 500 + ((n * 375) % 9000) + 0.5,
    },
  };
}

/** The n-th made-up task, in one of the projects. */
export function taskOf(n: number, space: Workspace): NewTask {
  const { title, notes, customer, due, stage } = errand(n);
  const projects = [...space.projects.values()].filter((project) => project.deleted_at === null);
  const project = projects[n % Math.max(1, projects.length)];
  const [section] = project === undefined ? [] : space.sectionsOf(project.gid);
  return {
    name: title,
    notes,
    completed: stage === "done",
    due_on: due,
    assignee: assignee(n),
    followers: [],
    tags: [],
    parent: null,
    places: section === undefined ? [] : [{ section, before: null, after: null }],
    values: {
      ...byOption("task", "Progress", PROGRESS[stage]),
      ...byOption("task", "Priority", n % 3 === 0 ? "High" : "Medium"),
      [fieldNamed("task", "Customer e-mail").gid]: customer.email,
      [fieldNamed("task", "Estimated hours").gid]: 0.5 + (n % 12),
    },
  };
}

export type Seed = {
  /** What stands there on the first start: projects, and half as many tasks again. */
  once(count: number, flaws: boolean): void;
  /** Further made-up ones, none of which has been here before; tells how many there are now. */
  more(object: string, count: number): number;
};

type MadeUp = { projects: number; tasks: number };

export function openSeed(shelf: Shelf, space: Workspace, projects: Projects, tasks: Tasks): Seed {
  const made = shelf.collection<MadeUp>("made_up");

  function add(count: MadeUp, old: boolean): void {
    const so = made.get("count") ?? { projects: 0, tasks: 0 };
    for (let n = so.projects; n < so.projects + count.projects; n += 1)
      projects.create(assignee(n) ?? "", projectOf(n), old ? at(n, DAY / 2) : undefined);
    for (let n = so.tasks; n < so.tasks + count.tasks; n += 1)
      tasks.create(assignee(n) ?? "", taskOf(n, space), old ? at(n, DAY / 4) : undefined);
    made.set("count", {
      projects: so.projects + count.projects,
      tasks: so.tasks + count.tasks,
    });
  }

  return {
    once(count, flaws) {
      if (made.get("count") !== undefined) return;
      const wanted = count === 0 ? 0 : Math.max(5, Math.ceil(count * 1.5));
      shelf.together(() => {
        // Tasks need a project to be in. Where there is to be none, it is one that lists of active ones leave out.
        if (count === 0) projects.create(assignee(0) ?? "", { name: "Inbox", archived: true });
        add({ projects: count, tasks: wanted }, true);
        if (flaws) spoil(space, tasks, users[1]?.gid ?? "");
      });
      Object.assign(space.tally, { creates: 0, updates: 0, archived: 0 });
    },
    more(object, count) {
      if (object !== "projects" && object !== "tasks")
        throw new Error('Say how many, as in {"projects": 100} or {"tasks": 100}.');
      shelf.together(() => add({ projects: 0, tasks: 0, [object]: count }, false));
      return [...space[object].values()].length;
    },
  };
}
