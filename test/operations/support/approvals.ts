import { isExpired, type Approval, type ApprovalState } from "#domain/approval.ts";
import { approvalId } from "#domain/ids.ts";
import type { Approvals } from "#domain/ports/approvals.ts";

/** Requests for a second person, in memory; `all` is what the table would hold. */
export function memoryApprovals(): Approvals & { all: Map<string, Approval> } {
  const all = new Map<string, Approval>();
  const turn = (id: string, from: ApprovalState["kind"], to: ApprovalState): boolean => {
    const found = all.get(id);
    if (found?.state.kind !== from) return false;
    all.set(id, { ...found, state: to });
    return true;
  };
  const waitingAbout = ({ kind, subject }: Pick<Approval, "kind" | "subject">): Approval[] =>
    [...all.values()].filter(
      (one) => one.kind === kind && one.subject === subject && one.state.kind === "waiting",
    );
  return {
    all,
    async draft(request) {
      const id = approvalId(`approval-${all.size + 1}`);
      all.set(id, {
        ...structuredClone({ ...request, at: null }),
        at: request.at,
        id,
        state: { kind: "draft" },
      });
      return id;
    },
    get: (id) => Promise.resolve(all.get(id)),
    waiting: (kind, subject, at) =>
      Promise.resolve(waitingAbout({ kind, subject }).findLast((one) => !isExpired(one, at))),
    latest: (kind, subject) =>
      Promise.resolve(
        [...all.values()].findLast(
          (one) => one.kind === kind && one.subject === subject && one.state.kind !== "draft",
        ),
      ),
    ask: (id, until) => Promise.resolve(turn(id, "draft", { kind: "waiting", until })),
    async decide(id, hash, { kind, by, at }) {
      const found = all.get(id);
      if (found === undefined || found.hash !== hash || isExpired(found, at)) return false;
      if (kind === "approved" && found.askedBy === by) return false;
      return turn(
        id,
        "waiting",
        kind === "approved" ? { kind, by, at, done: false } : { kind, by, at },
      );
    },
    async finish(id) {
      const state = all.get(id)?.state;
      if (state?.kind === "approved") turn(id, "approved", { ...state, done: true });
    },
    async undo(id, at) {
      turn(id, "approved", { kind: "replaced", at });
    },
    unfinished: () =>
      Promise.resolve(
        [...all.values()].filter(({ state }) => state.kind === "approved" && !state.done),
      ),
    async replace(about, at, except) {
      const others = waitingAbout(about).filter(({ id }) => id !== except);
      for (const { id } of others) turn(id, "waiting", { kind: "replaced", at });
      return others.map(({ id }) => id);
    },
  };
}
