import type { Connection } from "#domain/connection.ts";
import { isSystemic, Mistake } from "#domain/errors.ts";
import type { Answered, Telling } from "#domain/ports/deliveries.ts";
import type { Subscriptions } from "#domain/ports/subscriptions.ts";
import type { Clock } from "#domain/ports/world.ts";
import type { Connector } from "../connector.ts";
import { NoAnswer } from "../egress/no-answer.ts";
import type { OpenConnection } from "../open-connection.ts";
import type { Seen } from "../request/line.ts";
import { worded } from "./worded.ts";

type World = { clock: Clock; subscriptions: Pick<Subscriptions, "find"> };

/**
 * How those outside are told of what happens here: once, as the manifest words it, whatever is answered.
 * Whoever asked to be told is told at their own address, without the connection's credential.
 */
export const openTells = (
  connectorOf: (connection: Connection) => Connector,
  openOf: (connection: Connection) => OpenConnection,
  { clock, subscriptions }: World,
): Telling => ({
  async tell(connection, parcel, { subscription, signal }) {
    try {
      const { line, shared } = openOf(connection);
      const request = worded(connectorOf(connection), shared, parcel, subscription !== null);
      if (typeof request === "string") return unanswered(request);
      const asked = subscription === null ? null : await subscriptions.find(connection.name, subscription); // prettier-ignore
      if (asked === undefined) return unanswered("Nobody asks to be told of it any more");
      const { status, headers, text } = await line.once(request, signal, asked?.url);
      return { status, answer: text, waitMs: waitIn(headers, clock.now()) };
    } catch (error) {
      if (error instanceof NoAnswer || isSystemic(error) || error instanceof Mistake)
        return unanswered(error.message);
      if (signal.aborted) return unanswered("No answer came in time");
      throw error;
    }
  },
});

const unanswered = (answer: string): Answered => ({ status: null, answer, waitMs: null });

/** Seconds, or a date (RFC 9110, 10.2.3). */
function waitIn(headers: Seen["headers"], now: Temporal.Instant): number | null {
  const said = headers["retry-after"]?.trim() ?? "";
  if (/^\d{1,9}$/.test(said)) return Number(said) * 1000;
  const ms = Date.parse(said) - now.epochMilliseconds;
  return Number.isFinite(ms) && ms > 0 ? ms : null;
}
