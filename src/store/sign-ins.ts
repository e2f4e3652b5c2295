import { createHash, randomBytes } from "node:crypto";
import { connectionName } from "#domain/ids.ts";
import type { Client, SignIns } from "#domain/ports/sign-in.ts";
import { decode } from "./columns.ts";
import { eq, lte, sql } from "./drizzle.ts";
import type { Database } from "./handle.ts";
import { SealBroken, type Sealing } from "./sealing.ts";
import { invitations } from "./tables/invitations.ts";
import { signIns } from "./tables/sign-ins.ts";
import { only } from "./written.ts";

type Sealed = { verifier: string; client: Client | null };

export const signInsIn = (db: Database, sealing: Sealing): SignIns => ({
  async begin({ user, client, ...begun }, { invitation, browser: known, expires }) {
    const state = random();
    const verifier = random();
    const browser = known ?? random();
    const stateHash = hash(state);
    const row = {
      ...begun,
      stateHash,
      invitee: user,
      browserHash: hash(browser),
      invitation: hash(invitation),
      sealed: sealing.seal(JSON.stringify({ verifier, client }), place(stateHash)),
      expires,
    };
    const written = db.orm.insert(signIns).values(row).returning({ way: signIns.way });
    only(await written, "sign-in");
    return { state, verifier, browser };
  },

  async take(state, browser, at) {
    await db.orm.delete(signIns).where(lte(signIns.expires, at));
    const stateHash = hash(state);
    // In one order, so that two of one page that come back together wait for one another.
    const rows = await db.rows(sql`
      with same as (
        select state_hash from sign_ins where invitation = (
          select invitation from sign_ins where state_hash = ${stateHash}
        ) order by state_hash for update
      ), taken as (
        delete from sign_ins s using same where s.state_hash = same.state_hash returning s.*
      )
      select * from taken where state_hash = ${stateHash}`);
    const [row] = rows.map((one) => decode(signIns, one));
    const sealed = row && opened(sealing, row.sealed, stateHash);
    if (row === undefined || sealed === undefined) return undefined;
    const { connector, way, team, redirect } = row;
    return {
      ...sealed,
      ...{ connector, way, team, redirect },
      connection: connectionName(row.connection),
      user: row.invitee,
      page: row.invitation,
      sameBrowser: browser !== null && hash(browser) === row.browserHash,
    };
  },

  async done(page) {
    await db.orm.delete(invitations).where(eq(invitations.tokenHash, page));
  },
});

function opened(sealing: Sealing, sealed: string, row: string): Sealed | undefined {
  try {
    return JSON.parse(sealing.open(sealed, place(row))) as Sealed;
  } catch (error) {
    if (error instanceof SealBroken) return undefined;
    throw error;
  }
}

/** 256 bits. */
const random = (): string => randomBytes(32).toString("base64url");
const hash = (token: string): string => createHash("sha256").update(token).digest("base64url");
const place = (row: string) => ({ table: "sign_ins", row, field: "sealed" });
