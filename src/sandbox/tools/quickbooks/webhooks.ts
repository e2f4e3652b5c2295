import { createHmac, randomUUID } from "node:crypto";
import type { Shelf } from "../../collection.ts";
import { type AppWebhook, openAppWebhook } from "../app-webhook.ts";
import { REALM } from "./access/sign-in.ts";
import type { Happening } from "./company/entity.ts";

/** What the developer portal shows beside the address, to check signatures by. */
export const VERIFIER_TOKEN = "5f0c9a52-0000-4000-8000-simulatedverifier";
const SOURCE = "intuit.dsnBgbseACLLRZNxo2dfc4evmEJdxde58xeeYcZliOU=";

type CloudEvent = Record<string, unknown>;

export const signature = (verifier: string, body: string): string =>
  createHmac("sha256", verifier).update(body).digest("base64");

/** Intuit's webhooks: CloudEvents in a list, signed over the body. (How many at most is unverified.) */
export const openWebhooks = (shelf: Shelf): AppWebhook<CloudEvent> =>
  openAppWebhook<CloudEvent>(shelf, {
    most: 100,
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
