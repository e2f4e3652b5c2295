import { openSandbox } from "../../src/serve.ts";
import { answerParent } from "./messages.ts";

/** A simulated Slack, alone, in a process of its own. */

export type SlackPlace = Record<"api" | "page" | "botToken" | "appToken" | "signingSecret", string>;

const [folder = ""] = process.argv.slice(2);
const { slack } = await openSandbox(folder, []);
if (slack === null) throw new Error("there is no simulated Slack");

answerParent({
  where: () =>
    Promise.resolve({
      api: slack.api_url,
      page: slack.url,
      botToken: slack.bot_token,
      appToken: slack.app_token,
      signingSecret: slack.signing_secret,
    } satisfies SlackPlace),
});
