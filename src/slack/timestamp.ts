import type { IncomingMessage, RequestListener } from "node:http";

const toleranceSeconds = 300;

/** Whether a request says, once and in digits, that it was signed within five minutes of now. */
export function isFresh(
  request: Pick<IncomingMessage, "headersDistinct">,
  now: Temporal.Instant,
): boolean {
  const given = request.headersDistinct["x-slack-request-timestamp"] ?? [];
  const signatures = request.headersDistinct["x-slack-signature"] ?? [];
  const [timestamp = ""] = given;
  if (given.length !== 1 || signatures.length !== 1 || !/^\d{1,12}$/.test(timestamp)) return false;
  return Math.abs(now.epochMilliseconds / 1000 - Number(timestamp)) <= toleranceSeconds;
}

/**
 * Bolt checks the signature but lets timestamps of the future pass, and throws at anything but a POST,
 * which would take the process down: both are refused before it.
 */
export const freshOnly =
  (next: RequestListener, now: () => Temporal.Instant): RequestListener =>
  (request, response) => {
    if (request.method === "POST" && isFresh(request, now())) return next(request, response);
    response.writeHead(401).end();
    return undefined;
  };
