import type { Address } from "#domain/delivery.ts";
import type { Subject } from "#domain/ports/outbox.ts";

/** What Slack is told of how an address takes events: one card each. */
export const endpointSubject = ({ connection, subscription }: Address): Subject => ({
  kind: "endpoint",
  connection,
  ...(subscription !== null && { subscription }),
});
