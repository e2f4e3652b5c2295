import type { Connection } from "#domain/connection.ts";
import type { Delivery, Endpoint } from "#domain/delivery.ts";
import type { EventType } from "#domain/event.ts";

/** Which of a connection's deliveries: one by its id, or those of a time, as `2026-11-25 14:00`. */
export type Asked = { connection: string; delivery?: string; from?: string; to?: string };

export type DeliveryOperations = {
  /** What was and is to be sent there, the newest first; `page` from 0. */
  "deliveries.list": { in: { connection: string; page?: number }; out: DeliveriesView };
  /** How much would be sent once more. */
  "deliveries.plan": { in: Asked; out: ReplayPlan };
  "deliveries.replay": { in: Asked; out: { connection: string; replayed: number } };
  /** Sends there again what waits, and whatever comes. */
  "deliveries.switch-on": { in: { connection: string }; out: DeliveriesView };
};

/** What a connection is told of, and how it takes it. */
export type ToldView = {
  events: readonly EventType[];
  endpoint: Endpoint;
  counts: Readonly<Record<Delivery["state"], number>>;
};

export type DeliveriesView = ToldView & {
  connection: Connection;
  title: string;
  deliveries: readonly Delivery[];
  page: number;
  pages: number;
};

/** `zone`: in which its times were read. */
export type ReplayPlan = {
  connection: string;
  count: number;
  from: Temporal.Instant;
  to: Temporal.Instant;
};
