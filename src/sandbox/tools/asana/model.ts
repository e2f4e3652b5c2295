/** What the simulated workspace holds. Gids are digits beyond 2^53, so whoever reads them as numbers loses some. */

export type User = { gid: string; name: string; email: string };

export type EnumOption = { gid: string; name: string; color: string; enabled: boolean };
export type FieldKind = "text" | "number" | "enum" | "multi_enum" | "date" | "people";

export type CustomField = {
  gid: string;
  name: string;
  kind: FieldKind;
  options: EnumOption[];
  /** Decimal places of a number. */
  precision: number;
  on: "task" | "project";
};

export type DateValue = { date: string; date_time: string | null };
/** Text, number, an option's gid, several gids, or a date. */
export type FieldValue = string | number | string[] | DateValue;
export type FieldValues = Record<string, FieldValue>;

export type Section = { gid: string; name: string; project: string };
export type Tag = { gid: string; name: string };

export type Project = {
  gid: string;
  name: string;
  notes: string;
  archived: boolean;
  color: string | null;
  icon: string | null;
  default_view: string;
  privacy_setting: string;
  due_on: string | null;
  start_on: string | null;
  owner: string | null;
  followers: string[];
  values: FieldValues;
  created_at: string;
  modified_at: string;
  deleted_at: string | null;
};

/** A task may be in several projects; `order` is its place in each. */
export type Membership = { project: string; section: string; order: number };

export type Task = {
  gid: string;
  name: string;
  notes: string;
  html_notes: string | null;
  subtype: "default_task" | "milestone" | "approval";
  completed: boolean;
  completed_at: string | null;
  completed_by: string | null;
  due_on: string | null;
  due_at: string | null;
  start_on: string | null;
  start_at: string | null;
  assignee: string | null;
  followers: string[];
  tags: string[];
  parent: string | null;
  memberships: Membership[];
  values: FieldValues;
  /** Of the one app that signs in here; a personal access token never sees it. */
  external: { gid: string; data: string | null } | null;
  created_at: string;
  created_by: string;
  modified_at: string;
  deleted_at: string | null;
};

/** What may be set on a task at any time. */
export type TaskValues = Partial<
  Pick<
    Task,
    | "name"
    | "notes"
    | "html_notes"
    | "subtype"
    | "completed"
    | "due_on"
    | "due_at"
    | "start_on"
    | "start_at"
    | "assignee"
    | "external"
    | "values"
  >
>;
