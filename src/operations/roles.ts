import { mayActAs, roles, type Actor, type Role } from "#domain/actor.ts";
import { NotAllowed } from "#domain/errors.ts";
import type { Grant } from "#domain/ports/people.ts";
import { whoText } from "./when.ts";
import type { World } from "./world.ts";

type Standing = { role: Role; first: boolean };

/**
 * What this person may do now. The first person who uses an installation without any admin becomes
 * its admin.
 * @throws NotAllowed to people of another workspace
 */
export async function standingOf(world: World, actor: Actor): Promise<Standing> {
  switch (actor.kind) {
    case "terminal":
    case "system":
      return { role: "admin", first: false };
    case "slack":
      return slackStanding(world, actor.team, actor.user);
    default:
      return actor satisfies never;
  }
}

async function slackStanding(world: World, team: string, user: string): Promise<Standing> {
  const { admins, teamId } = world.about;
  const ours = teamId();
  if (ours !== null && team !== ours)
    throw new NotAllowed("Tieline answers people of its own workspace only.");
  if (admins.includes(user)) return { role: "admin", first: false };

  const grants = await world.people.grants();
  if (admins.length === 0 && grants.length === 0 && (await world.people.claimFirstAdmin(user)))
    return { role: "admin", first: true };
  return { role: await highest(world, grants, user), first: false };
}

async function highest(world: World, grants: readonly Grant[], user: string): Promise<Role> {
  let best: Role = "viewer";
  for (const { subject, role } of grants) {
    if (mayActAs(best, role)) continue;
    if (await belongs(world, subject, user)) best = role;
  }
  return best;
}

async function belongs(world: World, subject: Grant["subject"], user: string): Promise<boolean> {
  if (subject.kind === "user") return subject.id === user;
  // A group that cannot be read gives nobody anything.
  const members = await world.groups.membersOf(subject.id).catch(() => new Set<string>());
  return members.has(user);
}

/** @throws NotAllowed says which role is needed and whom to ask */
export async function demand(world: World, title: string, needs: Role, has: Role): Promise<void> {
  if (mayActAs(has, needs)) return;
  const granted = (await world.people.grants()).filter(({ role }) => role === "admin");
  const admins = [...new Set([...world.about.admins, ...granted.map(({ subject }) => subject.id)])];
  const ask =
    admins.length === 0
      ? "Whoever runs Tieline can give it to you with TIELINE_ADMINS."
      : `Ask ${admins.slice(0, 3).map(whoText).join(" or ")} for it.`;
  throw new NotAllowed(`${title} needs the ${needs} role; you are ${article(has)} ${has}. ${ask}`);
}

const article = (role: Role): string => (role === roles[0] ? "a" : "an");
