import type { App } from "@slack/bolt";
import { expect, test } from "vitest";
import { asFields, type Fields } from "#sandbox/slack/fields.ts";
import { problemWith } from "#sandbox/slack/page/blocks/file-input.ts";
import { input, modal } from "./blocks-to-try.ts";
import { callerOf, everyScope, pageOf, ravi, settings, withBolt, withSlack } from "./with-slack.ts";

const fileInput = (more: Fields = {}) => ({ type: "file_input", ...more });
const form = (more: Fields = {}) =>
  modal([input("file", fileInput({ filetypes: ["yaml", "yml"], max_files: 1, ...more }))]);
const holds = (...ids: unknown[]) => ({
  file: { value: { type: "file_input", files: ids.map((id) => ({ id })) } },
});

/** The app opens the form on /sync and keeps what is handed in. */
const takes = (submitted: Fields[]) => (app: App) => {
  app.command("/sync", async ({ ack, client, command }) => {
    await ack();
    await client.views.open({ trigger_id: command.trigger_id, view: form() as never });
  });
  app.view("modal", async ({ ack, view }) => {
    submitted.push(view.state.values as unknown as Fields);
    await ack();
  });
};
const idOf = (chosen: Fields): string => String(asFields(chosen["file"])["id"]);

test("a file chosen in a form reaches the app once the form is handed in, and only with its token", async () => {
  await using running = await withSlack();
  const { slack, page } = running;
  const call = callerOf(slack);
  const submitted: Fields[] = [];
  await using _ = await withBolt(slack, takes(submitted));
  await page.types("/sync");
  const { id: view } = await page.finds(({ modals }) => modals[0]);
  expect(await page.submits(view, {})).toMatchObject({
    ok: false,
    errors: { file: expect.stringContaining("required") as string },
  });

  const id = idOf(await page.chooses("Desk.YAML", "connector: desk\n"));
  expect(await call("files.info", { file: id })).toMatchObject({ error: "file_not_found" });
  expect(await page.submits(view, holds(id))).toEqual({ ok: true });
  const file = { id, name: "Desk.YAML", size: 16, filetype: "yaml", user: "U024BE7LH", is_external: false }; // prettier-ignore
  expect(submitted).toMatchObject([{ file: { value: { type: "file_input", files: [file] } } }]);

  const info = await call("files.info", { file: id });
  expect(info).toMatchObject({ ok: true, file });
  const url = String(asFields(info["file"])["url_private"]);
  expect(url).toMatch(/\/files-pri\/T024BE7LD-F\w+\/desk\.yaml$/);
  const get = (token: string | null, address = url) =>
    fetch(address, {
      redirect: "manual",
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
    });
  expect(await (await get(slack.bot_token)).text()).toBe("connector: desk\n");
  for (const token of [null, "xoxb-another", slack.app_token]) {
    const refused = await get(token);
    expect(refused.status).toBe(302);
    expect(await refused.text()).toBe("");
  }
  expect((await get(slack.bot_token, url.replace("T024BE7LD", "T0OTHER"))).status).toBe(404);
  expect((await get(slack.bot_token, url.replace(id, "F0NOTHING"))).status).toBe(404);
});

test("what does not fit the input is refused as Slack refuses it", async () => {
  await using running = await withSlack();
  const { slack, page } = running;
  await using _ = await withBolt(slack, takes([]));
  await page.types("/sync");
  const { id: view } = await page.finds(({ modals }) => modals[0]);
  const yaml = idOf(await page.chooses("a.yaml", "a"));
  const other = idOf(await page.chooses("b.yml", "b"));
  const picture = idOf(await page.chooses("c.png", "c"));
  expect(await page.submits(view, holds(yaml, other))).toMatchObject({
    errors: { file: "Please choose at most one file." },
  });
  expect(await page.submits(view, holds(picture))).toMatchObject({
    errors: { file: "Please choose a file of these types: yaml, yml." },
  });
  expect(await page.submits(view, holds("F0NOTHING"))).toMatchObject({ error: "file_not_found" });
  const raviPage = pageOf(slack, ravi);
  const his = idOf(await raviPage.chooses("d.yaml", "d"));
  expect(await page.submits(view, holds(his))).toMatchObject({ error: "file_not_found" });
  expect(await page.chooses("e.yaml", "")).toMatchObject({ ok: false, error: "file_empty" });
  expect(await page.chooses("../../f.yaml", "f")).toMatchObject({ file: { name: "f.yaml" } });
});

test("an app that may not read files asks for none, reads none and downloads none", async () => {
  const scopes = everyScope.filter((scope) => scope !== "files:read");
  await using running = await withSlack({ app: { ...settings.app, scopes } });
  const { slack, page } = running;
  const call = callerOf(slack);
  const refusals: unknown[] = [];
  await using _ = await withBolt(slack, (app) => {
    app.command("/sync", async ({ ack, client, command }) => {
      await ack();
      const open = client.views.open({ trigger_id: command.trigger_id, view: form() as never });
      await open.catch((error: { data: unknown }) => refusals.push(error.data));
    });
  });
  await page.types("/sync");
  await expect
    .poll(() => refusals)
    .toMatchObject([{ error: "missing_scope", needed: "files:read" }]);
  expect(await call("files.info", { file: "F1" })).toMatchObject({ error: "missing_scope" });
});

test.each([
  [["a.yaml"], ["yaml"], 1, undefined],
  [["A.YAML"], ["yaml"], 1, undefined],
  [["a"], [], 1, undefined],
  [["a.yaml", "b.yaml"], ["yaml"], 1, "Please choose at most one file."],
  [["a.yaml", "b.yaml", "c.yaml"], ["yaml"], 2, "Please choose at most 2 files."],
  [["a.yaml.exe"], ["yaml", "yml"], 1, "Please choose a file of these types: yaml, yml."],
])("the page says of %j for %j, at most %i: %s", (names, types, most, problem) => {
  const files = names.map((name) => ({ name }));
  expect(problemWith(files, types, most)).toBe(problem);
});
