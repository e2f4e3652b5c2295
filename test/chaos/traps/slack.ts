import * as real from "../../../src/slack/client.ts";
import { through } from "./trap.ts";

export * from "../../../src/slack/client.ts";

/** The real way to Slack, on which a worker may die before, during or after what it says. */
export function slackApi(...given: Parameters<typeof real.slackApi>): real.SlackApi {
  const api = real.slackApi(...given);
  return { ...api, post: (...about) => through(["post"], () => api.post(...about)) };
}
