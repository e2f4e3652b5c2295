import { createHash, randomBytes } from "node:crypto";
import { connectionName } from "#domain/ids.ts";
import type { Invitations } from "#domain/ports/registry.ts";
import { and, eq, gt, lte } from "./drizzle.ts";
import type { Database } from "./handle.ts";
import { invitations } from "./tables/invitations.ts";
import { signIns } from "./tables/sign-ins.ts";
import { only } from "./written.ts";

export const invitationsIn = ({ orm }: Database): Invitations => ({
  async create(connection, user, expires) {
    const token = randomBytes(32).toString("base64url");
    const row = { tokenHash: hash(token), connection, invitee: user, expires };
    only(
      await orm.insert(invitations).values(row).returning({ connection: invitations.connection }),
      "invitation",
    );
    return token;
  },

  async peek(token, at) {
    const [row] = await orm.select().from(invitations).where(good(token, at));
    return row && toInvitation(row);
  },

  async redeem(token, at) {
    const [row] = await orm.delete(invitations).where(good(token, at)).returning();
    // A sign-in that was begun on the same page ends with it.
    if (row !== undefined) await orm.delete(signIns).where(eq(signIns.invitation, row.tokenHash));
    await orm.delete(invitations).where(lte(invitations.expires, at));
    return row && toInvitation(row);
  },
});

const hash = (token: string) => createHash("sha256").update(token).digest("base64url");

const good = (token: string, at: Temporal.Instant) =>
  and(eq(invitations.tokenHash, hash(token)), gt(invitations.expires, at));

const toInvitation = ({ connection, invitee }: typeof invitations.$inferSelect) => ({
  connection: connectionName(connection),
  user: invitee,
});
