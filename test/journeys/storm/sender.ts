import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { CLIENT_SECRET } from "#sandbox/tools/hubspot/access/sign-in.ts";
import { PORTAL } from "#sandbox/tools/hubspot/account.ts";

/** HubSpot sends at most ten at a time to an app (its webhooks guide). */
const atATime = 10;
const eventOf = (eventId: number, record: string) => ({
  ...{ eventId, portalId: PORTAL, objectId: Number(record), attemptNumber: 0 },
  ...{
    subscriptionType: "contact.propertyChange",
    propertyName: "company",
    changeSource: "CRM_UI",
  },
});

/** Sends what was told of records, signed as HubSpot signs; and again where it is told to wait or hears nothing. */
export function makeSender(address: string) {
  const heard = { messages: 0, events: 0, again: 0 };
  let ids = 0;

  async function send(records: readonly string[]): Promise<void> {
    const body = JSON.stringify(records.map((record) => eventOf((ids += 1), record)));
    for (;;) {
      const timestamp = String(Date.now());
      const signature = createHmac("sha256", CLIENT_SECRET)
        .update(`POST${address}${body}${timestamp}`)
        .digest("base64");
      const headers = {
        "content-type": "application/json",
        "x-hubspot-signature-v3": signature,
        "x-hubspot-request-timestamp": timestamp,
      };
      const answer = await fetch(address, { method: "POST", headers, body }).catch(() => null);
      if (answer?.status === 200) break;
      if (answer !== null && answer.status !== 429 && answer.status !== 503)
        throw new Error(`the door answered ${answer.status}: ${await answer.text()}`);
      heard.again += 1;
      await sleep(1000 * Number(answer?.headers.get("retry-after") ?? 1));
    }
    heard.messages += 1;
    heard.events += records.length;
  }

  return {
    heard,
    /** All of these messages, several at a time, so that they overtake each other. */
    async sendAll(messages: readonly (readonly string[])[]): Promise<void> {
      const waiting = [...messages];
      const one = async (): Promise<void> => {
        for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await send(next);
      };
      await Promise.all(Array.from({ length: atATime }, one));
    },
  };
}
