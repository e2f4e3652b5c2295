import type { Shelf } from "../../collection.ts";
import { deliverOnce } from "../deliveries.ts";
import { now } from "./crm.ts";
import { openTable, type Table } from "./table.ts";
import { central } from "./time.ts";

/** Who caused something: a visitor, a person at work, an integration, ActiveCampaign itself. */
export type Source = "public" | "admin" | "api" | "system";
export const sources: readonly string[] = ["public", "admin", "api", "system"];

export const eventTypes = ["account_add", "account_contact_add", "account_contact_update", "account_update", "bounce", "click", "contact_tag_added", "contact_tag_removed", "deal_add", "deal_note_add", "deal_pipeline_add", "deal_stage_add", "deal_task_add", "deal_task_complete", "deal_tasktype_add", "deal_update", "forward", "list_add", "open", "reply", "sent", "share", "sms_reply", "sms_sent", "sms_unsub", "subscribe", "subscriber_note", "unsubscribe", "update"] as const; // prettier-ignore
type EventType = (typeof eventTypes)[number];

export type Webhook = {
  id: string;
  name: string;
  url: string;
  events: readonly string[];
  sources: readonly string[];
  listid: string;
  created: number;
  /** Switched off, because its address answered 410. */
  off: boolean;
};

export type Event = {
  type: EventType;
  source: Source;
  /** 0 where it is about no list. */
  list: string;
  /** Already in brackets: `contact[email]`. */
  fields: Record<string, string>;
};

export type Events = { webhooks: Table<Webhook>; tell(event: Event): void };

/** Tells the webhooks that want to know: once, unsigned, as a form with names in brackets. */
export function openEvents(shelf: Shelf): Events {
  const webhooks = openTable<Webhook>(shelf, "webhooks");

  async function send(webhook: Webhook, body: string): Promise<void> {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const { status } = await deliverOnce({ url: webhook.url, headers, body });
    const known = webhooks.get(webhook.id);
    if (status === 410 && known !== undefined) webhooks.change({ ...known, off: true });
  }

  return {
    webhooks,
    tell({ type, source, list, fields }) {
      const wanted = [...webhooks.all()].filter(
        (one) =>
          !one.off &&
          one.events.includes(type) &&
          one.sources.includes(source) &&
          (one.listid === "0" || list === "0" || one.listid === list),
      );
      const form = new URLSearchParams({
        type,
        date_time: central(now()),
        initiated_from: source,
        initiated_by: source,
        list,
        ...fields,
      });
      for (const webhook of wanted) void send(webhook, form.toString());
    },
  };
}
