import type { Connection } from "#domain/connection.ts";
import { isSystemic, Mistake } from "#domain/errors.ts";
import type { Event } from "#domain/event.ts";
import type { Json } from "#domain/json.ts";
import type { Answered, Telling } from "#domain/ports/deliveries.ts";
import type { Connector } from "../connector.ts";
import { NoAnswer } from "../egress/no-answer.ts";
import type { OpenConnection } from "../open-connection.ts";
import type { Seen } from "../request/line.ts";

/** How connections are told of what happens here: once, as the manifest words it, whatever is answered. */
export const openTells = (
  connectorOf: (connection: Connection) => Connector,
  openOf: (connection: Connection) => OpenConnection,
  now: () => Temporal.Instant,
): Telling => ({
  async tell(connection, event, signal) {
    try {
      const { tells, manifest } = connectorOf(connection);
      if (tells === null) return unanswered(`${manifest.title} takes no events of ours`);
      const { line, shared } = openOf(connection);
      const { status, headers, text } = await line.once(
        tells({ ...shared, ...wordsOf(event) }),
        signal,
      );
      return { status, answer: text, waitMs: waitIn(headers, now()) };
    } catch (error) {
      if (error instanceof NoAnswer || isSystemic(error) || error instanceof Mistake)
        return unanswered(error.message);
      if (signal.aborted) return unanswered("No answer came in time");
      throw error;
    }
  },
});

/** What the placeholders of `tells` stand for. */
const wordsOf = ({ id, type, source, subject, data, at }: Event) => ({
  request: id,
  type,
  place: source,
  subject,
  time: at.toString(),
  data: data as Json,
});

const unanswered = (answer: string): Answered => ({ status: null, answer, waitMs: null });

/** Seconds, or a date (RFC 9110, 10.2.3). */
function waitIn(headers: Seen["headers"], now: Temporal.Instant): number | null {
  const said = headers["retry-after"]?.trim() ?? "";
  if (/^\d{1,9}$/.test(said)) return Number(said) * 1000;
  const ms = Date.parse(said) - now.epochMilliseconds;
  return Number.isFinite(ms) && ms > 0 ? ms : null;
}
