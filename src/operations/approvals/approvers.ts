import { mayActAs, type Role } from "#domain/actor.ts";
import type { World } from "../world.ts";

/**
 * Who else has this role: the ids of people, and of groups that give it. Who has it is a matter of
 * TIELINE_ADMINS and of roles that were given, and of nothing else.
 */
export async function approversBesides(
  { about, people, groups }: Pick<World, "about" | "people" | "groups">,
  by: string | null,
  least: Role,
): Promise<readonly string[]> {
  const found = new Set(about.admins);
  for (const { subject, role } of await people.grants()) {
    if (!mayActAs(role, least)) continue;
    if (subject.kind === "user") found.add(subject.id);
    else if (await hasOther(groups, subject.id, by)) found.add(subject.id);
  }
  if (by !== null) found.delete(by);
  return [...found];
}

async function hasOther(
  groups: World["groups"],
  group: string,
  by: string | null,
): Promise<boolean> {
  const members = await groups.membersOf(group).catch(() => new Set<string>());
  return [...members].some((member) => member !== by);
}

/** The way out for the only admin there is. */
export const howToAddAnAdmin =
  "Another admin is made with /tieline roles @somebody admin, or by TIELINE_ADMINS.";
