import { type Endpoint, list, one } from "./endpoint.ts";
import { notRecognized } from "./errors.ts";
import { customFields } from "./fields.ts";
import type { User } from "./model.ts";
import type { Shown } from "./opt-fields.ts";
import type { Listed } from "./paging.ts";
import { definitionShown } from "./show-field.ts";
import { ME, TEAM, users, WORKSPACE } from "./workspace.ts";

const listed = (shown: Shown): Listed => ({ gid: shown.gid, show: () => shown });

export function atWorkspace(gid: string): void {
  if (gid !== WORKSPACE.gid) throw notRecognized("workspace", gid);
}

const userShown = ({ gid, name, email }: User): Shown => ({
  gid,
  resource_type: "user",
  name,
  email,
  photo: null,
  workspaces: [WORKSPACE],
});

/** The one workspace, its people, its team and its custom fields. */
export const workspaceEndpoints: readonly Endpoint[] = [
  {
    method: "GET",
    path: "/users/:user",
    scope: "users:read",
    query: ["workspace"],
    run({ at }) {
      const asked = at("user");
      const gid = asked === "me" ? ME : asked;
      const user = users.find((each) => each.gid === gid || each.email === gid.toLowerCase());
      if (user === undefined) throw notRecognized("user", asked);
      return one(userShown(user));
    },
  },
  {
    method: "GET",
    path: "/workspaces",
    scope: "workspaces:read",
    run: () => list([listed(WORKSPACE)]),
  },
  {
    method: "GET",
    path: "/workspaces/:workspace/users",
    scope: "users:read",
    run({ at }) {
      atWorkspace(at("workspace"));
      const sorted = [...users].sort((a, b) => a.name.localeCompare(b.name));
      return list(sorted.map((user) => listed(userShown(user))));
    },
  },
  {
    method: "GET",
    path: "/workspaces/:workspace/teams",
    scope: "teams:read",
    run({ at }) {
      atWorkspace(at("workspace"));
      return list([listed(TEAM)]);
    },
  },
  {
    method: "GET",
    path: "/workspaces/:workspace/custom_fields",
    scope: "custom_fields:read",
    run({ at }) {
      atWorkspace(at("workspace"));
      return list(customFields.map((field) => listed(definitionShown(field))));
    },
  },
];
