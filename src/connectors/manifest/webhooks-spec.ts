import { z } from "zod";
import { hostPattern, hostRule } from "../auth/hosts.ts";
import { Body } from "../webhooks/content.ts";
import { Events } from "../webhooks/events.ts";
import { handshakeKinds } from "../webhooks/handshakes/index.ts";
import { verifyKinds } from "../webhooks/index.ts";
import { Name, Request } from "./request-spec.ts";
import { Renew, Subscribe, Unsubscribe } from "./subscribe-spec.ts";

const Subscriptions = z
  .strictObject({
    hosts: z
      .array(z.string().regex(hostPattern, hostRule))
      .min(1)
      .describe("Where those are who may ask to be told: hooks.zapier.com."),
    tells: z
      .strictObject(Request)
      .optional()
      .describe(
        "How they are told of an event that no write has a name for, such as run.finished: with what tells has.",
      ),
  })
  .describe(
    "Others may ask to be told, event by event (REST hooks): of what is written there, and of what happens here.",
  );

/** Messages that a tool sends to an address of ours. */
export const Webhooks = z.strictObject({
  about: z.string().min(1).describe("Where a person gives our address to the tool."),
  body: Body,
  verify: z
    .discriminatedUnion("kind", verifyKinds)
    .describe("How a message proves that it is from the tool."),
  handshake: z
    .discriminatedUnion("kind", handshakeKinds)
    .optional()
    .describe("How the tool asks whether we are there, before it sends anything."),
  events: Events.optional().describe(
    "What the tool says has changed; objects with an inbox have addresses of their own.",
  ),
  subscribe: z
    .record(Name, Subscribe)
    .optional()
    .describe("How we ask the tool ourselves to tell us, by a name for each kind of webhook."),
  renew: Renew.optional(),
  unsubscribe: Unsubscribe.optional(),
  subscriptions: Subscriptions.optional(),
});
export type WebhooksSpec = z.output<typeof Webhooks>;
