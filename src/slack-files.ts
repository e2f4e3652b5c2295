import { makeEgress } from "#connectors/egress.ts";
import { largestFile, type Download } from "#slack/files.ts";
import type { Config } from "./config.ts";

/** Slack's own host for what people upload; in a sandbox it is where its API is. */
const filesOrigin = "https://files.slack.com";

/**
 * Fetches what people hand in. The bot's token goes along, so it goes to Slack's host for files and
 * nowhere else, whatever address a file claims or redirects to.
 */
export function openSlackFiles(
  apiUrl: string | null,
  allow: Config["allow"],
): AsyncDisposable & { download: Download } {
  const origins = [apiUrl === null ? filesOrigin : new URL(apiUrl).origin];
  const egress = makeEgress({ allow, origins, maxBytes: largestFile });
  return {
    download: (url, headers) =>
      egress.send({ method: "GET", url, headers, body: null, signal: AbortSignal.timeout(15_000) }),
    [Symbol.asyncDispose]: () => egress[Symbol.asyncDispose](),
  };
}
