/** What an app may ask for here: the part of Asana's scopes that the simulated interface knows. */
export const scopes = [
  "default",
  "openid",
  "email",
  "profile",
  "custom_fields:read",
  "project_sections:read",
  "projects:read",
  "projects:write",
  "projects:delete",
  "tags:read",
  "tasks:read",
  "tasks:write",
  "tasks:delete",
  "teams:read",
  "users:read",
  "webhooks:read",
  "webhooks:write",
  "webhooks:delete",
  "workspaces:read",
] as const;

/** Who asks, and what their token may do. `write` does not imply `read`. */
export type Caller = {
  user: string;
  /** An app's token, which alone sees what it keeps in `external`. */
  oauth: boolean;
  may(scope: string): boolean;
};

/** A personal access token may do everything; so may an app that asked for nothing in particular. */
export function callerWith(user: string, granted: readonly string[] | "everything"): Caller {
  const all = granted === "everything" || granted.length === 0 || granted.includes("default");
  return {
    user,
    oauth: granted !== "everything",
    may: (scope) => all || granted.includes(scope),
  };
}

/** What must be granted to see more of an object within another than its gid, by the field it stands in. */
export const scopesWithin: Record<string, readonly string[]> = {
  assignee: ["users:read"],
  completed_by: ["users:read"],
  created_by: ["users:read"],
  followers: ["users:read"],
  members: ["users:read"],
  owner: ["users:read"],
  user: ["users:read"],
  custom_fields: ["custom_fields:read"],
  custom_field_settings: ["custom_fields:read"],
  memberships: ["projects:read", "project_sections:read"],
  project: ["projects:read"],
  projects: ["projects:read"],
  parent: ["tasks:read"],
  tags: ["tags:read"],
  team: ["teams:read"],
  workspace: ["workspaces:read"],
  workspaces: ["workspaces:read"],
};
