import { customFields } from "./fields.ts";
import type { Project } from "./model.ts";
import type { Shown } from "./opt-fields.ts";
import { projectNamed, userShown, userShownOrNull } from "./references.ts";
import { definitionShown, valueShown } from "./show-field.ts";
import { escaped } from "./show-task.ts";
import { ME, TEAM, WORKSPACE } from "./workspace.ts";

/** Told only when asked for by name. */
export const projectOptIn = ["html_notes", "custom_field_settings", "project_brief", "created_from_template"]; // prettier-ignore

/** All that can be told of a project. */
export const projectShown = (project: Project): Shown => ({
  gid: project.gid,
  resource_type: "project",
  name: project.name,
  archived: project.archived,
  color: project.color,
  icon: project.icon,
  completed: false,
  completed_at: null,
  completed_by: null,
  created_at: project.created_at,
  created_from_template: null,
  current_status: null,
  current_status_update: null,
  custom_field_settings: settingsOf(project),
  custom_fields: customFields
    .filter(({ on }) => on === "project")
    .map((field) => valueShown(field, project.values[field.gid])),
  default_access_level: "editor",
  default_view: project.default_view,
  due_date: project.due_on,
  due_on: project.due_on,
  followers: project.followers.map(userShown),
  html_notes: `<body>${escaped(project.notes)}</body>`,
  members: [...new Set([project.owner ?? ME, ...project.followers])].map(userShown),
  minimum_access_level_for_customization: "editor",
  minimum_access_level_for_sharing: "editor",
  modified_at: project.modified_at,
  notes: project.notes,
  owner: userShownOrNull(project.owner),
  permalink_url: `https://app.asana.com/1/${WORKSPACE.gid}/project/${project.gid}`,
  privacy_setting: project.privacy_setting,
  project_brief: null,
  public: project.privacy_setting === "public_to_workspace",
  start_on: project.start_on,
  team: TEAM,
  workspace: WORKSPACE,
});

/** Which fields for tasks the project has, each with the setting that puts it there. */
export const settingsOf = (project: Project): Shown[] =>
  customFields
    .filter(({ on }) => on === "task")
    .map((field, n) => ({
      gid: `${project.gid}${String(n)}`,
      resource_type: "custom_field_setting",
      is_important: n === 0,
      parent: projectNamed(project),
      project: projectNamed(project),
      custom_field: definitionShown(field),
    }));
