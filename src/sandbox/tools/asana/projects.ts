import { changedValues } from "./custom-values.ts";
import type { Given } from "./endpoint.ts";
import { wrongField } from "./errors.ts";
import type { EventLog, Named } from "./event-log.ts";
import type { Project } from "./model.ts";
import { projectNamed } from "./references.ts";
import { day, flag, oneOf, orNull, text, user } from "./values.ts";
import { later, SOMEBODY_ELSE, type Workspace, WORKSPACE } from "./workspace.ts";

export type ProjectValues = Partial<
  Omit<Project, "gid" | "created_at" | "modified_at" | "deleted_at">
>;

export type Projects = {
  create(user: string, values: ProjectValues, at?: string): Project;
  update(user: string, project: Project, values: ProjectValues): Project;
  setDeleted(user: string, project: Project, deleted: boolean): Project;
};

const FIRST_SECTIONS = ["Untitled section"];

export function openProjects(space: Workspace, log: EventLog): Projects {
  const { projects, sections, tally } = space;

  function tell(
    by: string,
    project: Project,
    action: "changed" | "added" | "deleted" | "undeleted",
    field: string | null = null,
    parent: Named | null = null,
  ): void {
    log.add({
      user: by,
      at: project.modified_at,
      resource: projectNamed(project),
      action,
      parent,
      change: field === null ? null : { field, action: "changed", value: null },
      // A workspace hears of its projects; of their tasks it does not.
      subjects: [project.gid, WORKSPACE.gid],
    });
  }

  return {
    create(by, values, at = new Date().toISOString()) {
      const project: Project = {
        ...BLANK,
        owner: by,
        ...values,
        gid: space.nextGid(),
        created_at: at,
        modified_at: at,
      };
      projects.set(project.gid, project);
      for (const name of FIRST_SECTIONS) {
        const gid = space.nextGid();
        sections.set(gid, { gid, name, project: project.gid });
      }
      tally.creates += 1;
      const { gid, name, resource_type } = WORKSPACE;
      tell(by, project, "added", null, { gid, name, resource_type });
      return project;
    },
    update(by, project, values) {
      const names = Object.keys(values) as (keyof ProjectValues)[];
      const changed = names.filter(
        (name) => JSON.stringify(values[name]) !== JSON.stringify(project[name]),
      );
      if (changed.length === 0) return project;
      const after = { ...project, ...values, modified_at: later(project.modified_at) };
      projects.set(project.gid, after);
      tally.updates += 1;
      for (const name of changed) tell(by, after, "changed", name === "values" ? "custom_fields" : name); // prettier-ignore
      return after;
    },
    setDeleted(by, project, deleted) {
      if ((project.deleted_at !== null) === deleted) return project;
      const at = later(project.modified_at);
      const after = { ...project, deleted_at: deleted ? at : null, modified_at: at };
      projects.set(project.gid, after);
      tally.archived += deleted ? 1 : 0;
      tell(by, after, deleted ? "deleted" : "undeleted");
      return after;
    },
  };
}

const COLORS = ["dark-pink", "dark-green", "dark-blue", "dark-red", "dark-teal", "dark-brown", "dark-orange", "dark-purple", "dark-warm-gray", "light-pink", "light-green", "light-blue", "light-red", "light-teal", "light-brown", "light-orange", "light-purple", "light-warm-gray", "none"]; // prettier-ignore

const ICONS = ["list", "board", "timeline", "calendar", "rocket", "people", "graph", "star", "bug", "light_bulb", "globe", "gear", "notebook", "computer", "check", "target", "html", "megaphone", "chat_bubbles", "briefcase", "page_layout", "mountain_flag", "puzzle", "presentation", "line_and_symbols", "speed_dial", "ribbon", "shoe", "shopping_basket", "map", "ticket", "coins"]; // prettier-ignore

const READ: Record<string, (name: string, value: unknown) => ProjectValues> = {
  name: (name, value) => ({ name: text(name, value) }),
  notes: (name, value) => ({ notes: text(name, value) }),
  archived: (name, value) => ({ archived: flag(name, value) }),
  color: (name, value) => ({ color: orNull(oneOf(...COLORS))(name, value) }),
  icon: (name, value) => ({ icon: orNull(oneOf(...ICONS))(name, value) }),
  default_view: (name, value) => ({
    default_view: oneOf("list", "board", "calendar", "timeline")(name, value),
  }),
  privacy_setting: (name, value) => ({
    privacy_setting: oneOf("public_to_workspace", "private_to_team", "private")(name, value),
  }),
  public: (name, value) => ({
    privacy_setting: flag(name, value) ? "public_to_workspace" : "private_to_team",
  }),
  due_on: (name, value) => ({ due_on: orNull(day)(name, value) }),
  due_date: (name, value) => ({ due_on: orNull(day)(name, value) }),
  start_on: (name, value) => ({ start_on: orNull(day)(name, value) }),
};

/** A body's values for a project; `workspace`, `team` and `followers` are looked at elsewhere. */
export function projectValues(given: Given, before: Project | null, me: string): ProjectValues {
  const { owner, custom_fields, ...rest } = given;
  const parts = Object.entries(rest).map(([name, value]) => {
    const read = READ[name];
    if (read === undefined) throw wrongField(name, "Unknown or read-only field");
    return read(name, value);
  });
  const values: ProjectValues = Object.assign({}, ...parts) as ProjectValues;
  if ("start_on" in given && !("due_on" in given) && !("due_date" in given))
    throw wrongField("start_on", "due_on must be present in the request");
  if (values.start_on && values.due_on && values.start_on > values.due_on)
    throw wrongField("start_on", "The start date must be on or before the due date");
  return {
    ...values,
    ...(owner !== undefined && { owner: orNull(user(me))("owner", owner) }),
    ...(custom_fields !== undefined && {
      values: changedValues(custom_fields, before?.values ?? {}, "project", me),
    }),
  };
}

const BLANK: Project = {
  gid: "",
  name: "",
  notes: "",
  archived: false,
  color: null,
  icon: "list",
  default_view: "list",
  privacy_setting: "public_to_workspace",
  due_on: null,
  start_on: null,
  owner: SOMEBODY_ELSE,
  followers: [],
  values: {},
  created_at: "",
  modified_at: "",
  deleted_at: null,
};
