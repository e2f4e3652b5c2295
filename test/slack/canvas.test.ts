import { webApi } from "@slack/bolt";
import { expect, test } from "vitest";
import { makeCanvas } from "#slack/canvas.ts";
import { slackApi } from "#slack/client.ts";
import {
  everyScope,
  finance,
  integrations,
  settings,
  withSlack,
} from "../sandbox/slack/with-slack.ts";

const about = { title: "Runbook: a", markdown: "# a\n\n| A |\n| --- |\n| b |", instead: "Else." };

async function house(scopes: readonly string[] = [...everyScope, "canvases:write"]) {
  const { slack } = await withSlack({ app: { ...settings.app, scopes: [...scopes] } });
  const client = new webApi.WebClient(slack.bot_token, { slackApiUrl: slack.api_url });
  const make = (channel: string | null) => makeCanvas(slackApi(client, client), channel, about);
  const control = (levers: object) =>
    fetch(new URL("/_control", slack.url), { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(levers) }); // prettier-ignore
  const refusal = (channel: string | null) =>
    make(channel).then(
      () => "it was made",
      (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : "?"),
    );
  return { slack, client, make, control, refusal, [Symbol.asyncDispose]: () => slack[Symbol.asyncDispose]() }; // prettier-ignore
}

test("a canvas stands in the channel, and its link leads to what it says", async () => {
  await using there = await house();
  const { link } = await there.make(integrations);
  const answer = await fetch(link ?? "");
  expect(answer.headers.get("content-type")).toMatch(/^text\/plain/);
  expect(await answer.text()).toBe(about.markdown);
});

test.each([
  ["disabled", "Mistake: Canvases are switched off in this workspace. Else."],
  ["restricted", "Mistake: An admin of this workspace has restricted who makes canvases. Else."],
])(
  "a workspace whose canvases are %s says so, and what there is instead",
  async (canvases, said) => {
    await using there = await house();
    await there.control({ canvases });
    expect(await there.refusal(integrations)).toBe(said);
  },
);

test("on the free plan it works in a channel, and nowhere else", async () => {
  await using there = await house();
  await there.control({ canvases: "free" });
  expect(await there.refusal(integrations)).toBe("it was made");
  await expect(there.client.canvases.create({ title: "x" })).rejects.toMatchObject({
    data: { error: "free_teams_cannot_create_non_tabbed_canvases" },
  });
});

test("without the scope, the channel or an invitation each says what to do", async () => {
  await using without = await house(everyScope);
  expect(await without.refusal(integrations)).toMatch(/^Mistake: My Slack app may not make canvases: it needs the scope canvases:write/); // prettier-ignore
  await using there = await house();
  expect(await there.refusal(null)).toBe("Mistake: A canvas stands in a channel: ask for it in one. Else."); // prettier-ignore
  expect(await there.refusal(finance)).toMatch(/^Mistake: I am not in this channel: type `\/invite @Tieline`/); // prettier-ignore
});

test.each([
  [{ type: "html", markdown: "x" }, "canvas_creation_failed"],
  [{ type: "markdown" }, "canvas_creation_failed"],
])("a document %j is refused", async (document_content, error) => {
  await using there = await house();
  const asked = there.client.canvases.create({ document_content: document_content as never });
  await expect(asked).rejects.toMatchObject({ data: { error } });
});
