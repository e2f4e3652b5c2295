import { webApi } from "@slack/bolt";
import { expect, test } from "vitest";
import { section } from "#slack/blocks.ts";
import { slackApi } from "#slack/client.ts";
import { message } from "#slack/message.ts";
import { mrkdwn } from "#slack/text/markup.ts";
import { fakeSlack } from "./support/fake-slack.ts";

test("whatever is posted is shown as it is: nothing is linked, read as a name or fetched", async () => {
  await using slack = await fakeSlack("T1", {});
  const client = new webApi.WebClient("xoxb-1", { slackApiUrl: slack.apiUrl });
  const api = slackApi(client, client);
  const said = message([section(mrkdwn`see evil.example, @here and #general`)]);
  await api.post("C1", said);
  await api.post("C1", said, "1.1");
  await api.update("C1", "1.1", said);
  await api.whisper("C1", "U1", said);

  expect(slack.called.map(({ method }) => method)).toEqual([
    "chat.postMessage",
    "chat.postMessage",
    "chat.update",
    "chat.postEphemeral",
  ]);
  for (const { method, args } of slack.called) {
    expect(args.get("parse"), method).toBe("none");
    expect(args.get("link_names"), method).toBe("false");
    if (method !== "chat.postMessage") continue;
    expect(args.get("unfurl_links")).toBe("false");
    expect(args.get("unfurl_media")).toBe("false");
  }
});
