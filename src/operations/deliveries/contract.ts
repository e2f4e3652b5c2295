import type { Connection } from "#domain/connection.ts";
import type { Delivery, Endpoint } from "#domain/delivery.ts";
import type { EventType } from "#domain/event.ts";

/** Which of a connection's deliveries: one by its id, or those of a time, as `2026-11-25 14:00`. */
export type Asked = { connection: string; delivery?: string; from?: string; to?: string };

export type DeliveryOperations = {
  /**
   * What was and is to be sent there, the newest first; `page` from 0. How it stands is that of the
   * connection's own address, or of whoever asked for it by this subscription.
   */
  "deliveries.list": {
    in: { connection: string; page?: number; subscription?: string };
    out: DeliveriesView;
  };
  /** How much would be sent once more. */
  "deliveries.plan": { in: Asked; out: ReplayPlan };
  "deliveries.replay": { in: Asked; out: { connection: string; replayed: number } };
  /** Sends there again what waits, and whatever comes. */
  "deliveries.switch-on": {
    in: { connection: string; subscription?: string };
    out: DeliveriesView;
  };
};

/** What a connection is told of, and how it takes it. */
export type ToldView = {
  events: readonly EventType[];
  endpoint: Endpoint;
  counts: Readonly<Record<Delivery["state"], number>>;
};

/** Somebody who asked to be told of an event, and how they take it. */
export type SubscriberView = { id: string; event: string; endpoint: Endpoint };

export type DeliveriesView = ToldView & {
  connection: Connection;
  /** Whose address `endpoint` is about; null where it is the connection's own. */
  subscriber: Omit<SubscriberView, "endpoint"> | null;
  title: string;
  deliveries: readonly Delivery[];
  page: number;
  pages: number;
};

export type ReplayPlan = {
  connection: string;
  count: number;
  from: Temporal.Instant;
  to: Temporal.Instant;
};
