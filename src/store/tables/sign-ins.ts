import { instant } from "../columns.ts";
import { index, pgTable, text } from "../drizzle.ts";

/** Sign-ins that are under way in a browser. State and mark of the browser are nowhere in full. */
export const signIns = pgTable(
  "sign_ins",
  {
    stateHash: text("state_hash").primaryKey(),
    browserHash: text("browser_hash").notNull(),
    /** The hash of the one-time page's token: all that was begun there ends together. */
    invitation: text().notNull(),
    connection: text().notNull(),
    connector: text().notNull(),
    way: text().notNull(),
    invitee: text().notNull(),
    team: text().notNull(),
    redirect: text().notNull(),
    /** The code verifier, and the client where one was typed: sealed. */
    sealed: text().notNull(),
    expires: instant().notNull(),
  },
  (t) => [index("sign_ins_by_invitation").on(t.invitation)],
);
