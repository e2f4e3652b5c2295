import { notRecognized, wrongField } from "./errors.ts";
import type { Project, Task } from "./model.ts";
import type { Caller } from "./scopes.ts";
import type { Place } from "./tasks.ts";
import { orNull, text } from "./values.ts";
import type { Workspace } from "./workspace.ts";

const EXTERNAL = "external:";

export type Resolver = {
  task(gid: string): Task;
  project(gid: string): Project;
  place(
    project: string,
    where: { section?: unknown; insert_before?: unknown; insert_after?: unknown },
  ): Place;
};

/** Finds what a gid names, or refuses it as Asana does. What is in the trash is not found. */
export function resolver(space: Workspace, caller: Caller): Resolver {
  function task(gid: string): Task {
    // Whatever a personal access token asks for by an app's name for it does not exist for it.
    const found = gid.startsWith(EXTERNAL)
      ? caller.oauth
        ? space.byExternal(gid.slice(EXTERNAL.length))
        : undefined
      : space.tasks.get(gid);
    if (found === undefined || found.deleted_at !== null) throw notRecognized("task", gid);
    return found;
  }

  function project(gid: string): Project {
    const found = space.projects.get(gid);
    if (found === undefined || found.deleted_at !== null) throw notRecognized("project", gid);
    return found;
  }

  return {
    task,
    project,
    place(gid, where) {
      const { section, insert_before, insert_after } = where;
      const sections = space.sectionsOf(project(gid).gid);
      const named = section === undefined || section === null ? sections[0] : sections.find((one) => one.gid === section); // prettier-ignore
      if (named === undefined)
        throw wrongField("section", `Not a recognized ID: ${JSON.stringify(section)}`);
      if (insert_before !== undefined && insert_after !== undefined)
        throw wrongField("insert_after", "Cannot be set together with insert_before");
      return {
        section: named,
        before: orNull(text)("insert_before", insert_before ?? null),
        after: orNull(text)("insert_after", insert_after ?? null),
      };
    },
  };
}
