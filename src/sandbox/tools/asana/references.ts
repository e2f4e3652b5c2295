import type { Named } from "./event-log.ts";
import type { Shown } from "./opt-fields.ts";
import type { Project, Section, Task } from "./model.ts";
import { users } from "./workspace.ts";

/** How objects are told of within others and in events. */
export const userShown = (gid: string): Shown => {
  const user = users.find((one) => one.gid === gid);
  return { gid, resource_type: "user", name: user?.name ?? "", email: user?.email ?? "" };
};

export const userShownOrNull = (gid: string | null): Shown | null =>
  gid === null ? null : userShown(gid);

export const projectNamed = ({ gid, name }: Project): Named => ({
  gid,
  resource_type: "project",
  name,
});

export const sectionNamed = ({ gid, name }: Section): Named => ({
  gid,
  resource_type: "section",
  name,
});

export const taskNamed = ({ gid, name, subtype }: Task): Named => ({
  gid,
  resource_type: "task",
  resource_subtype: subtype,
  name,
});
