import { randomUUID } from "node:crypto";
import { approvalId } from "#domain/ids.ts";
import type { Approvals } from "#domain/ports/approvals.ts";
import { clean } from "./clean.ts";
import { and, desc, eq, gt, lt, ne } from "./drizzle.ts";
import type { Database } from "./handle.ts";
import { approvals, toApproval } from "./tables/approvals.ts";
import { only } from "./written.ts";

const draftsLive = Temporal.Duration.from({ hours: 24 });

export const approvalsIn = ({ orm }: Database): Approvals => ({
  async draft({ askedBy, at, ...request }) {
    await orm
      .delete(approvals)
      .where(and(eq(approvals.state, "draft"), lt(approvals.at, at.subtract(draftsLive))));
    const row = {
      ...request,
      id: randomUUID(),
      askedBy: clean(askedBy),
      at,
      state: "draft",
    } as const;
    const { id } = only(
      await orm.insert(approvals).values(row).returning({ id: approvals.id }),
      "approval",
    );
    return approvalId(id);
  },

  async get(id) {
    const [row] = await orm
      .select()
      .from(approvals)
      .where(eq(approvals.id, clean(id)));
    return row && toApproval(row);
  },

  async waiting(kind, subject, at) {
    const [row] = await orm
      .select()
      .from(approvals)
      .where(and(waitingAbout({ kind, subject }), gt(approvals.until, at)))
      .orderBy(desc(approvals.at))
      .limit(1);
    return row && toApproval(row);
  },

  async latest(kind, subject) {
    const [row] = await orm
      .select()
      .from(approvals)
      .where(
        and(eq(approvals.kind, kind), eq(approvals.subject, subject), ne(approvals.state, "draft")),
      )
      .orderBy(desc(approvals.at))
      .limit(1);
    return row && toApproval(row);
  },

  async ask(id, until) {
    const rows = await orm
      .update(approvals)
      .set({ state: "waiting", until })
      .where(and(eq(approvals.id, id), eq(approvals.state, "draft")))
      .returning({ id: approvals.id });
    return rows.length === 1;
  },

  async decide(id, hash, { kind, by, at }) {
    const rows = await orm
      .update(approvals)
      .set({ state: kind, stateBy: clean(by), stateAt: at })
      .where(
        and(
          eq(approvals.id, id),
          eq(approvals.state, "waiting"),
          eq(approvals.hash, hash),
          gt(approvals.until, at),
          // Whatever is checked before: nobody's own wish is ever approved by themselves.
          kind === "approved" ? ne(approvals.askedBy, clean(by)) : undefined,
        ),
      )
      .returning({ id: approvals.id });
    return rows.length === 1;
  },

  async finish(id) {
    await orm.update(approvals).set({ done: true }).where(eq(approvals.id, id));
  },

  async undo(id, at) {
    await orm
      .update(approvals)
      .set({ state: "replaced", stateAt: at })
      .where(and(eq(approvals.id, id), eq(approvals.state, "approved"), eq(approvals.done, false)));
  },

  async unfinished() {
    const rows = await orm
      .select()
      .from(approvals)
      .where(and(eq(approvals.state, "approved"), eq(approvals.done, false)))
      .orderBy(approvals.at);
    return rows.map(toApproval);
  },

  async replace(about, at, except) {
    const rows = await orm
      .update(approvals)
      .set({ state: "replaced", stateAt: at })
      .where(and(waitingAbout(about), except === null ? undefined : ne(approvals.id, except)))
      .returning({ id: approvals.id });
    return rows.map(({ id }) => approvalId(id));
  },
});

const waitingAbout = ({ kind, subject }: { kind: string; subject: string }) =>
  and(eq(approvals.kind, kind), eq(approvals.subject, subject), eq(approvals.state, "waiting"));
