import { json, Refusal } from "../http.ts";
import type { Field, Records } from "../records-page.ts";
import type { Receiver } from "./receiver.ts";
import type { Sender } from "./sender.ts";

const minute = (at: string) => at.slice(0, 19).replace("T", " ");

const past = {
  tool: "Webhook",
  reason: ({ answer }: Refusal) => JSON.parse(answer.body.toString()) as string,
  save() {
    throw new Refusal(json(400, "what happened stays as it is."));
  },
};
const fields = (values: Record<string, string>): Field[] =>
  Object.entries(values).map(([name, value]) => ({ name, label: name, value }));

/** How a person sees what was delivered here, and what was sent from here. */
export function webhookRecords({ deliveries }: Receiver, { sent }: Sender): Records[] {
  return [
    {
      ...past,
      object: "deliveries",
      noun: "deliveries",
      columns: ["At", "Event", "Type", "Subject", "What came of it"],
      rows: () =>
        [...deliveries.values()]
          .toReversed()
          .map(({ id, at, webhookId, event, verdict, status, because }) => ({
            id,
            faded: verdict !== "taken",
            cells: [
              minute(at),
              webhookId,
              String((event?.["type"] ?? "") as string),
              String((event?.["subject"] ?? "") as string),
              `${verdict} ${String(status)}${because === null ? "" : `: ${because}`}`,
            ],
          })),
      fields(id) {
        const found = deliveries.get(id);
        return found && fields({ at: found.at, event: found.webhookId, body: found.body });
      },
    },
    {
      ...past,
      object: "events",
      noun: "events sent",
      columns: ["At", "Event", "Type", "Attempts", "Answer"],
      rows: () =>
        [...sent.entries()].toReversed().map(([key, one]) => ({
          id: key,
          faded: one.status < 200 || one.status > 299,
          cells: [minute(one.at), one.id, one.type, String(one.attempts), String(one.status)],
        })),
      fields(id) {
        const one = sent.get(id);
        return one && fields({ type: one.type, subject: one.subject ?? "", answer: one.answer });
      },
    },
  ];
}
