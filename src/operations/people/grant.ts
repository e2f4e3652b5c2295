import { roles } from "#domain/actor.ts";
import { Mistake } from "#domain/errors.ts";
import type { Grant } from "#domain/ports/people.ts";
import { z } from "zod";
import { operation } from "../operation.ts";
import { whoText } from "../when.ts";
import type { World } from "../world.ts";

const subjectId = /^[UWS][A-Z0-9]{2,20}$/;

export const peopleGrant = operation("people.grant", {
  title: "Giving somebody a role",
  needs: "admin",
  audited: "always",
  input: z.strictObject({
    subject: z
      .string()
      .trim()
      .regex(subjectId)
      .describe("a person or a user group of this workspace"),
    role: z.enum([...roles, "none"]).describe(`one of ${roles.join(", ")}, none`),
  }),
  told: (input) => input,

  async run({ subject: id, role }, { world }) {
    const subject: Grant["subject"] = { kind: id.startsWith("S") ? "group" : "user", id };
    if (world.about.admins.includes(id) && role !== "admin")
      throw new Mistake(
        `${whoText(id)} is an admin by TIELINE_ADMINS, which only whoever runs Tieline can change.`,
      );
    await keepAnAdmin(world, subject, role);
    if (role !== "none") await world.people.grant({ subject, role });
    else if (!(await world.people.revoke(subject)))
      throw new Mistake(`${whoText(id)} has no role that could be taken away.`);
    return { grants: await world.people.grants() };
  },
});

/** Without one nobody could ever give a role again. */
async function keepAnAdmin(
  { about, people, groups }: World,
  { id }: Grant["subject"],
  role: Grant["role"] | "none",
): Promise<void> {
  if (role === "admin" || about.admins.length > 0) return;
  const admins = (await people.grants()).filter((grant) => grant.role === "admin");
  if (!admins.some(({ subject }) => subject.id === id)) return;
  for (const { subject } of admins) {
    if (subject.id === id) continue;
    if (subject.kind === "user" || (await groups.membersOf(subject.id)).size > 0) return;
  }
  throw new Mistake(
    `${whoText(id)} is the last admin. Make somebody else an admin first; nothing was changed.`,
  );
}
