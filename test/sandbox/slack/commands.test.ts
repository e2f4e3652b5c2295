import { expect, test } from "vitest";
import { modal, section } from "./blocks-to-try.ts";
import { integrations, olivia, withBolt, withSlack } from "./with-slack.ts";

test("a command reaches the app as Slack sends it, and its answer the person alone", async () => {
  await using running = await withSlack();
  const { slack, page } = running;
  const heard: object[] = [];
  await using _ = await withBolt(slack, (app) => {
    app.command("/sync", async ({ ack, body }) => {
      heard.push(body);
      await ack({ text: "Started." });
    });
  });
  expect(await page.types("/sync customers-to-books --full")).toEqual({ ok: true });
  expect(heard).toMatchObject([
    {
      command: "/sync",
      text: "customers-to-books --full",
      user_id: olivia,
      user_name: "olivia",
      channel_id: integrations,
      channel_name: "integrations",
      team_id: slack.team_id,
      response_url: expect.stringContaining(slack.url),
      trigger_id: expect.any(String),
    },
  ]);
  expect(await page.messages()).toMatchObject([{ text: "Started.", ephemeral: true }]);
});

test("names are escaped where the manifest asks for it", async () => {
  await using running = await withSlack();
  let said = "";
  await using _ = await withBolt(running.slack, (app) => {
    app.command("/ask", async ({ ack, command }) => {
      said = command.text;
      await ack();
    });
  });
  await running.page.types("/ask @Olivia Berg and @ravi in #integrations, not @nobody");
  expect(said).toBe(
    `<@${olivia}|olivia> and <@U024BE8RM|ravi> in <#${integrations}|integrations>, not @nobody`,
  );
  await running.page.types("/ask why mia@harbour.example & <b> at https://example.com/a?b=1.");
  expect(said).toBe(
    "why <mailto:mia@harbour.example|mia@harbour.example> &amp; &lt;b&gt; at <https://example.com/a?b=1>.",
  );
});

test("an app that is silent, or away, is named by Slackbot", async () => {
  await using running = await withSlack({ timings: { ackMs: 100 } });
  const { slack, page } = running;
  expect(await page.types("/sync")).toEqual({ ok: false, error: "dispatch_failed" });
  await using _ = await withBolt(slack, (app) => app.command("/sync", async () => undefined));
  expect(await page.types("/sync")).toEqual({ ok: false, error: "operation_timeout" });
  expect(await page.messages()).toMatchObject([
    { user: "USLACKBOT", ephemeral: true, text: '/sync failed with the error "dispatch_failed"' },
    { user: "USLACKBOT", ephemeral: true, text: '/sync failed with the error "operation_timeout"' },
  ]);
  expect(await page.types("/nothing")).toMatchObject({
    ok: false,
    error: "/nothing is not a valid command.",
  });
});

test("a response_url answers five times, then no more", async () => {
  await using running = await withSlack();
  const { slack, page } = running;
  const refused: unknown[] = [];
  await using _ = await withBolt(slack, (app) => {
    app.command("/sync", async ({ ack, respond }) => {
      await ack();
      await respond({ response_type: "in_channel", text: "For all", blocks: [section("For all")] });
      for (let n = 2; n <= 5; n++) await respond(`Answer ${n}`);
      await respond("Answer 6").catch((error: unknown) => refused.push(error));
    });
  });
  await page.types("/sync");
  await page.finds(() => refused.length === 1);
  expect(refused).toMatchObject([{ statusCode: 404 }]);
  const said = await page.messages();
  expect(said).toHaveLength(5);
  expect(said.filter(({ ephemeral }) => ephemeral)).toHaveLength(4);
});

test("a wrong answer to a command is refused as its blocks are", async () => {
  await using running = await withSlack();
  const { slack, page } = running;
  await using _ = await withBolt(slack, (app) => {
    app.command("/sync", async ({ ack }) => {
      await ack({ text: "x", blocks: [section("x".repeat(3001)) as never] });
    });
  });
  expect(await page.types("/sync")).toEqual({ ok: false, error: "invalid_blocks" });
});

test("a trigger opens one modal, and only at once", async () => {
  await using running = await withSlack({ timings: { triggerMs: 80 } });
  const { slack, page } = running;
  const errors: unknown[] = [];
  const note = ({ data }: { data?: { error?: string } }) => void errors.push(data?.error);
  await using _ = await withBolt(slack, (app) => {
    app.command("/sync", async ({ ack, client, command }) => {
      await ack();
      const { trigger_id } = command;
      if (command.text === "late") await new Promise((resolve) => setTimeout(resolve, 120));
      await client.views.open({ trigger_id, view: modal([section("x")]) as never }).catch(note);
      if (command.text === "twice") {
        await client.views.open({ trigger_id, view: modal([section("x")]) as never }).catch(note);
      }
    });
  });
  await page.types("/sync twice");
  await page.types("/sync late");
  await page.finds(() => errors.length === 2);
  expect(errors).toEqual(["exchanged_trigger_id", "expired_trigger_id"]);
  expect((await page.sees()).modals).toHaveLength(1);
});
