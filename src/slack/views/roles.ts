import { roles, type Role } from "#domain/actor.ts";
import type { Grant } from "#domain/ports/people.ts";
import { context, section } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { joined, lines, mrkdwn, person, subjectText } from "../text/markup.ts";

const may: Record<Role, string> = {
  viewer: "sees flows, incidents and the digest",
  operator: "also runs, retries, corrects and pauses, and sees records in full",
  admin: "also connects tools and gives roles",
};

/** Who may do what. */
export function rolesMessage(grants: readonly Grant[], admins: readonly string[]): Message {
  const lineOf = (role: Role) => {
    const granted = grants.filter((grant) => grant.role === role).map(({ subject }) => subject.id);
    const fixed = role === "admin" ? admins.filter((id) => !granted.includes(id)) : [];
    const who = [...granted.map(subjectText), ...fixed.map(person)].slice(0, 40);
    const names = who.length > 0 ? joined(who, ", ") : mrkdwn`nobody in particular`;
    return mrkdwn`*${role}*  ${may[role]}\n${names}`;
  };
  return message([
    section(mrkdwn`*Roles*`),
    section(lines(...roles.toReversed().map(lineOf))),
    context(
      mrkdwn`Give one with \`/tieline roles @somebody operator\`, take it away with \`none\`. Groups work the same way. Members without a role are viewers.`,
    ),
  ]);
}
