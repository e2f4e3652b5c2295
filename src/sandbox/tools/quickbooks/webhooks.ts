import { createHmac, randomUUID } from "node:crypto";
import type { Shelf } from "../../collection.ts";
import { type AppWebhook, openAppWebhook } from "../app-webhook.ts";
import { appWebhookPage } from "../app-webhook-page.ts";
import type { Setup } from "../setup-page.ts";
import { REALM } from "./access/sign-in.ts";
import type { Happening } from "./company/entity.ts";

/** What the developer portal shows beside the address, to check signatures by. */
export const VERIFIER_TOKEN = "5f0c9a52-0000-4000-8000-simulatedverifier";
const SOURCE = "intuit.dsnBgbseACLLRZNxo2dfc4evmEJdxde58xeeYcZliOU=";

/** What can be subscribed to here. */
const entities = ["Customer", "Invoice", "Item"];

type CloudEvent = Record<string, unknown>;

export const signature = (verifier: string, body: string): string =>
  createHmac("sha256", verifier).update(body).digest("base64");

/** Intuit's webhooks: CloudEvents in a list, signed over the body. (How many at most is unverified.) */
export const openWebhooks = (shelf: Shelf): AppWebhook<CloudEvent> =>
  openAppWebhook<CloudEvent>(shelf, {
    most: 100,
    kindOf: ({ type }) =>
      entities.find((one) => String(type).startsWith(`qbo.${one.toLowerCase()}.`)) ?? "",
    message(url, events) {
      const body = JSON.stringify(events);
      const headers = {
        "content-type": "application/json",
        "intuit-signature": signature(VERIFIER_TOKEN, body),
      };
      return { url, headers, body };
    },
  });

/** One thing that happened, as the app is told. Spellings of voided and deleted are unverified. */
export const cloudEvent = ({ entity, id, verb, loser }: Happening): CloudEvent => ({
  specversion: "1.0",
  id: randomUUID(),
  source: SOURCE,
  type: `qbo.${entity.toLowerCase()}.${verb}.v1`,
  datacontenttype: "application/json",
  time: `${new Date().toISOString().slice(0, 19)}Z`,
  intuitentityid: id,
  intuitaccountid: REALM,
  data: loser === undefined ? {} : { deletedid: loser },
});

/** As Intuit's developer portal has them, for the app of this company. */
export const webhooksPage = (webhook: AppWebhook<never>): Setup =>
  appWebhookPage({
    tool: "QuickBooks",
    about:
      "What the app is told of: in Intuit's developer portal, the app, Webhooks. One address takes the events of every company that has connected the app.",
    given: [
      {
        label: "Verifier token",
        value: VERIFIER_TOKEN,
        about: "Shown once an address is saved, there. What is told is signed with it.",
      },
    ],
    webhook,
    address: "Endpoint URL",
    kinds: { Entities: entities },
  });
