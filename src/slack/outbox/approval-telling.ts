import type { Subject } from "#domain/ports/outbox.ts";
import type { AnyApproval } from "#operations/contract.ts";
import type { Message } from "../message.ts";
import { approvalAnswer, approvalCard, isOpen, ofConnector } from "../views/approval-card.ts";

type About = Extract<Subject, { kind: "approval" | "approval_answer" }>;
type Told =
  | { message: Message; owner: string; worthPosting: boolean }
  | { message: Message; channel: string };

/** What is said about a request: its card to the other admins, and the answer to the one who asked. */
export function approvalTelling({ kind }: About, about: AnyApproval): Told | undefined {
  const view = ofConnector(about);
  // What a held run waits for stands on the card of its incident.
  if (view === null) return undefined;
  const { askedBy } = view.approval;
  if (kind === "approval_answer") {
    const answer = approvalAnswer(view);
    return answer && { message: answer, channel: askedBy };
  }
  // Where the channel cannot be reached it goes to somebody who can decide.
  const owner = view.approvers.find((id) => /^[UW]/.test(id)) ?? askedBy;
  return { message: approvalCard(view), owner, worthPosting: isOpen(view) };
}
