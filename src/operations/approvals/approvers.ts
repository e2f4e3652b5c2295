import type { World } from "../world.ts";

/**
 * Who may approve what this person asks for: the ids of the other admins, and of groups that make one.
 * Who is an admin is a matter of TIELINE_ADMINS and of roles that were given, and of nothing else.
 */
export async function approversBesides(
  { about, people, groups }: Pick<World, "about" | "people" | "groups">,
  by: string,
): Promise<readonly string[]> {
  const found = new Set(about.admins);
  for (const { subject, role } of await people.grants()) {
    if (role !== "admin") continue;
    if (subject.kind === "user") found.add(subject.id);
    else if (await hasOther(groups, subject.id, by)) found.add(subject.id);
  }
  found.delete(by);
  return [...found];
}

async function hasOther(groups: World["groups"], group: string, by: string): Promise<boolean> {
  const members = await groups.membersOf(group).catch(() => new Set<string>());
  return [...members].some((member) => member !== by);
}

/** The way out for the only admin there is. */
export const howToAddAnAdmin =
  "Another admin is made with /tieline roles @somebody admin, or by TIELINE_ADMINS.";
