import { postingPage } from "../posting-page.ts";
import type { Setup } from "../setup-page.ts";
import type { Account } from "./account.ts";

/** The Zap that a person runs, and its first event. */
const BY_HAND = "241870014";
const event = "customer.created";
const sample = { record_id: "lead-1", name: "Nora Quist", email: "nora.quist@orchard.example" };

/** In a Zap this stands in its step Webhooks by Zapier, POST. */
export const stepsPage = ({ address, point, run }: Account): Setup =>
  postingPage({
    tool: "Zapier",
    about:
      "What Zaps post to: in a Zap, the step Webhooks by Zapier, POST. Zaps are switched on and off among the Zaps.",
    steps: [
      {
        name: "action",
        label: "Form filled in, tell Tieline: URL",
        about: "The address for the records that the form is about.",
        target: () => address("action") ?? null,
        point: (target) => point("action", target),
      },
      {
        name: "report",
        label: "Invoice paid, write an e-mail: URL for its failures",
        about: "The address for failures. The Zap fails at whatever arrives for it.",
        target: () => address("report") ?? null,
        point: (target) => point("report", target),
      },
      {
        name: "subscribe",
        label: "Customer changed, tell the sales team: URL to subscribe at",
        about: `The Zap asks there to be told of ${event} when it is switched on.`,
        target: () => address("subscribe") ?? null,
        point: (target) => point("subscribe", target && { ...target, event }),
      },
    ],
    run: {
      label: "Fill in the form",
      about: "JSON, which the first Zap posts at once. Empty fills in nothing.",
      sample,
      async start(data) {
        const { failed, posted } = await run(BY_HAND, data);
        const said = posted === null ? "" : `, answered with ${String(posted.status)}`;
        return `The Zap ran: ${failed ?? "done"}${said}.`;
      },
    },
  });
