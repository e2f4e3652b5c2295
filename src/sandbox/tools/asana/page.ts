import type { Refusal } from "../http.ts";
import type { Records } from "../records-page.ts";
import type { ErrorBody } from "./errors.ts";
import type { Edit } from "./edit.ts";
import { userShown } from "./references.ts";
import { users, type Workspace } from "./workspace.ts";

const reason = ({ answer }: Refusal): string =>
  (JSON.parse(answer.body.toString()) as ErrorBody).errors.map(({ message }) => message).join(". ");

const nameOf = (gid: string | null) => (gid === null ? "" : String(userShown(gid)["name"]));
const minute = (at: string) => at.slice(0, 16).replace("T", " ");
const newest = <Item extends { modified_at: string }>(items: Iterable<Item>) =>
  [...items].sort((a, b) => (a.modified_at < b.modified_at ? 1 : -1));
const filled = (values: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value === "" && DATES.includes(name) ? null : value]), // prettier-ignore
  );
const DATES = ["due_on"];

/** How a person sees the workspace with a browser. */
export const records = (space: Workspace, edit: Edit): Records[] => [
  {
    tool: "Asana",
    object: "projects",
    noun: "projects",
    columns: ["Name", "Owner", "Start", "Due", "Archived", "Changed"],
    rows: () =>
      newest(space.projects.values()).map((project) => ({
        id: project.gid,
        faded: project.deleted_at !== null,
        cells: [
          project.name,
          nameOf(project.owner),
          project.start_on ?? "",
          project.due_on ?? "",
          project.archived ? "yes" : "",
          minute(project.modified_at),
        ],
      })),
    fields(id) {
      const project = space.projects.get(id);
      return (
        project && [
          { name: "name", label: "Name", value: project.name },
          { name: "notes", label: "Notes", value: project.notes },
          { name: "due_on", label: "Due", value: project.due_on ?? "" },
        ]
      );
    },
    save: (id, values) => void edit(id, filled(values), "projects"),
    reason,
  },
  {
    tool: "Asana",
    object: "tasks",
    noun: "tasks",
    columns: ["Name", "Done", "Due", "Assignee", "Project", "Changed"],
    rows: () =>
      newest(space.tasks.values()).map((task) => ({
        id: task.gid,
        faded: task.deleted_at !== null,
        cells: [
          task.name,
          task.completed ? "yes" : "",
          task.due_at === null ? (task.due_on ?? "") : minute(task.due_at),
          nameOf(task.assignee),
          task.memberships.map(({ project }) => space.projects.get(project)?.name ?? "").join(", "),
          minute(task.modified_at),
        ],
      })),
    fields(id) {
      const task = space.tasks.get(id);
      return (
        task && [
          { name: "name", label: "Name", value: task.name },
          { name: "notes", label: "Notes", value: task.notes },
          { name: "due_on", label: "Due", value: task.due_on ?? "" },
        ]
      );
    },
    save: (id, values) => void edit(id, filled(values), "tasks"),
    reason,
  },
  {
    tool: "Asana",
    object: "users",
    noun: "people",
    columns: ["Name", "E-mail"],
    rows: () => users.map(({ gid, name, email }) => ({ id: gid, faded: false, cells: [name, email] })), // prettier-ignore
    fields: () => undefined,
    save: () => undefined,
    reason,
  },
];
