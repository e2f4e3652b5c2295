import type { App } from "@slack/bolt";
import { expect, test } from "vitest";
import type { Block, Fields } from "#sandbox/slack/fields.ts";
import { actions, button, input, modal, plain, section } from "./blocks-to-try.ts";
import { callerOf, integrations, withBolt, withSlack } from "./with-slack.ts";

/** The app opens the view on /sync. */
const opens = (view: () => ReturnType<typeof modal>) => (app: App) => {
  app.command("/sync", async ({ ack, client, command }) => {
    await ack();
    await client.views.open({ trigger_id: command.trigger_id, view: view() as never });
  });
};

const option = (value: string) => ({ text: plain(value), value });
const everyInput: Block[] = [
  input("text", { type: "plain_text_input" }),
  input("number", { type: "number_input", is_decimal_allowed: false }, { optional: true }),
  input("mail", { type: "email_text_input" }, { optional: true }),
  input("link", { type: "url_text_input" }, { optional: true }),
  input("one", { type: "static_select", options: [option("a"), option("b")] }),
  input("some", { type: "multi_static_select", options: [option("a")] }, { optional: true }),
  input("boxes", {
    type: "checkboxes",
    options: [option("a"), option("b")],
    initial_options: [option("b")],
  }),
  input("radio", { type: "radio_buttons", options: [option("a")] }, { optional: true }),
  input("who", { type: "users_select" }, { optional: true }),
  input("where", { type: "conversations_select" }, { optional: true }),
  input("day", { type: "datepicker", initial_date: "2026-11-23" }),
  input("time", { type: "timepicker" }, { optional: true }),
  input("at", { type: "datetimepicker" }, { optional: true }),
];

test("a submission carries the state of every input", async () => {
  await using running = await withSlack();
  const { slack, page } = running;
  const submitted: Fields[] = [];
  await using _ = await withBolt(slack, (app) => {
    opens(() => modal(everyInput, { private_metadata: "m" }))(app);
    app.view("modal", async ({ ack, view, body }) => {
      submitted.push({ ...view.state.values, callback: view.callback_id, type: body.type });
      await ack();
    });
  });
  await page.types("/sync");
  const { id } = await page.finds(({ modals }) => modals[0]);
  expect(await page.submits(id, { text: { value: { value: "" } } })).toEqual({
    ok: false,
    errors: {
      text: "Please complete this required field.",
      one: "Please complete this required field.",
    },
  });
  const typed = {
    text: { value: { type: "plain_text_input", value: "Hello" } },
    one: { value: { type: "static_select", selected_option: option("b") } },
    gone: { value: { type: "plain_text_input", value: "not in this view" } },
  };
  expect(await page.submits(id, { ...typed, number: { value: { value: "1.5" } } })).toMatchObject({
    errors: { number: "Please enter a whole number." },
  });
  expect(await page.submits(id, { ...typed, mail: { value: { value: "olivia" } } })).toMatchObject({
    errors: { mail: "Please enter a valid email address." },
  });
  expect(await page.submits(id, typed)).toEqual({ ok: true });
  expect(submitted).toEqual([
    {
      callback: "modal",
      type: "view_submission",
      text: { value: { type: "plain_text_input", value: "Hello" } },
      number: { value: { type: "number_input", value: null } },
      mail: { value: { type: "email_text_input", value: null } },
      link: { value: { type: "url_text_input", value: null } },
      one: { value: { type: "static_select", selected_option: option("b") } },
      some: { value: { type: "multi_static_select", selected_options: [] } },
      boxes: { value: { type: "checkboxes", selected_options: [option("b")] } },
      radio: { value: { type: "radio_buttons", selected_option: null } },
      who: { value: { type: "users_select", selected_user: null } },
      where: { value: { type: "conversations_select", selected_conversation: null } },
      day: { value: { type: "datepicker", selected_date: "2026-11-23" } },
      time: { value: { type: "timepicker", selected_time: null } },
      at: { value: { type: "datetimepicker", selected_date_time: null } },
    },
  ]);
  expect((await page.sees()).modals).toEqual([]);
});

const name = input("name", { type: "plain_text_input" });
const named = (value: string) => ({ name: { value: { type: "plain_text_input", value } } });

test("the app answers a submission with errors, another view, a further one, or none", async () => {
  await using running = await withSlack();
  const { slack, page } = running;
  await using _ = await withBolt(slack, (app) => {
    opens(() => modal([name]))(app);
    app.view("modal", async ({ ack, view }) => {
      const said = view.state.values["name"]?.["value"]?.value;
      const next = modal([section("Next"), name], { title: plain("Next") }) as never;
      if (said === "wrong") {
        await ack({ response_action: "errors", errors: { name: "Not this one." } });
      } else if (said === "update") await ack({ response_action: "update", view: next });
      else if (said === "push") await ack({ response_action: "push", view: next });
      else if (said === "clear") await ack({ response_action: "clear" });
      else if (said === "strange") {
        await ack({ response_action: "errors", errors: { nowhere: "Where?" } });
      } else await ack();
    });
  });
  await page.types("/sync");
  const { id } = await page.finds(({ modals }) => modals[0]);
  expect(await page.submits(id, named("wrong"))).toEqual({
    ok: false,
    errors: { name: "Not this one." },
  });
  expect((await page.sees()).modals[0]).toMatchObject({ errors: { name: "Not this one." } });
  expect(await page.submits(id, named("strange"))).toMatchObject({
    ok: false,
    error: "We had some trouble connecting. Try again?",
  });
  await page.submits(id, named("update"));
  const [updated] = (await page.sees()).modals;
  // What was typed stays, for the input has the same block and action id.
  expect(updated).toMatchObject({ id, title: plain("Next"), state: { values: named("update") } });
  expect(updated).not.toHaveProperty("error");
  await page.submits(id, named("push"));
  const pushed = (await page.sees()).modals;
  expect(pushed).toMatchObject([{ id }, { previous_view_id: id, root_view_id: id }]);
  await page.submits(pushed[1]?.id ?? "", named("done"));
  expect((await page.sees()).modals).toHaveLength(1);
  await page.submits(id, named("push"));
  const top = (await page.sees()).modals.at(-1);
  await page.submits(top?.id ?? "", named("clear"));
  expect((await page.sees()).modals).toEqual([]);
});

test("a submission that is not acknowledged leaves the modal with an error", async () => {
  await using running = await withSlack({ timings: { ackMs: 100 } });
  const { slack, page } = running;
  await using _ = await withBolt(slack, (app) => {
    opens(() => modal([name]))(app);
    app.view("modal", async () => undefined);
  });
  await page.types("/sync");
  const { id } = await page.finds(({ modals }) => modals[0]);
  const answer = page.submits(id, named("x"));
  await page.finds(({ modals }) => modals[0]?.["busy"]);
  const error = "We had some trouble connecting. Try again?";
  expect(await answer).toEqual({ ok: false, error });
  expect((await page.sees()).modals[0]).toMatchObject({ error });
});

test("a button in a modal brings its state, updates it under its hash, and pushes up to three", async () => {
  await using running = await withSlack();
  const { slack, page } = running;
  const call = callerOf(slack);
  const heard: Fields[] = [];
  const view = () => modal([name, actions(button("check"))]);
  await using _ = await withBolt(slack, (app) => {
    opens(view)(app);
    app.action("check", async ({ ack, body }) => {
      heard.push(body as unknown as Fields);
      await ack();
    });
  });
  await page.types("/sync");
  const shown = await page.finds(({ modals }) => modals[0]);
  const { id, hash } = shown;
  const block_id = shown.blocks[1]?.["block_id"];
  const container = { kind: "view", view_id: id };
  const click = () => page.clicks(container, { block_id, action_id: "check" }, named("typed"));
  expect(await click()).toEqual({ ok: true });
  expect(heard[0]).toMatchObject({
    type: "block_actions",
    container: { type: "view", view_id: id },
    view: { id, hash, state: { values: named("typed") }, callback_id: "modal" },
    actions: [{ type: "button", action_id: "check", block_id }],
  });
  expect(heard[0]).not.toHaveProperty("channel");
  expect(heard[0]).not.toHaveProperty("response_url");

  const updated = await call("views.update", { view_id: id, hash, view: view() });
  expect(updated).toMatchObject({ ok: true, view: { state: { values: named("typed") } } });
  const late = { view_id: id, hash, view: view() };
  expect(await call("views.update", late)).toMatchObject({ error: "hash_conflict" });
  expect(await click()).toMatchObject({ ok: false, error: "action_not_found" });

  const push = (trigger_id: unknown) => call("views.push", { trigger_id, view: view() });
  expect(await push(heard[0]?.["trigger_id"])).toMatchObject({ ok: true });
  for (const error of [undefined, "push_limit_reached"]) {
    const top = (await page.sees()).modals.at(-1);
    const place = { kind: "view", view_id: top?.id };
    await page.clicks(place, { block_id: top?.blocks[1]?.["block_id"], action_id: "check" });
    const answer = await push(heard.at(-1)?.["trigger_id"]);
    expect(answer.error).toBe(error);
  }
  expect((await page.sees()).modals).toHaveLength(3);
});

test("closing is told where the view asks for it", async () => {
  await using running = await withSlack();
  const { slack, page } = running;
  const closed: Fields[] = [];
  await using _ = await withBolt(slack, (app) => {
    opens(() => modal([name], { notify_on_close: true, external_id: "one" }))(app);
    app.view({ type: "view_closed", callback_id: "modal" }, async ({ ack, body }) => {
      closed.push(body as unknown as Fields);
      await ack();
    });
  });
  await page.types("/sync");
  const { id } = await page.finds(({ modals }) => modals[0]);
  const second = { user_id: "U024BE7LH", view: { type: "home", external_id: "one", blocks: [] } };
  expect(await callerOf(slack)("views.publish", second)).toMatchObject({
    error: "duplicate_external_id",
  });
  expect(await page.closes(id)).toEqual({ ok: true });
  await page.finds(() => closed.length > 0);
  expect(closed).toMatchObject([{ type: "view_closed", is_cleared: false, view: { id } }]);
  expect(await page.closes(id)).toMatchObject({ ok: false, error: "view_not_found" });
});

test("a chosen conversation gives a response_url, and options are asked of the app", async () => {
  await using running = await withSlack();
  const { slack, page } = running;
  const said = "Posted from the modal";
  await using _ = await withBolt(slack, (app) => {
    opens(() =>
      modal([
        input("where", { type: "conversations_select", response_url_enabled: true }),
        input("flow", { type: "external_select", min_query_length: 0 }, { optional: true }),
      ]),
    )(app);
    app.options({ action_id: "value", block_id: "flow" }, async ({ ack, options }) => {
      await ack({ options: [option(`${options.value}-to-books`) as never] });
    });
    app.view("modal", async ({ ack, body }) => {
      await ack();
      const url = (body as { response_urls?: { response_url: string }[] }).response_urls?.[0];
      const text = { response_type: "in_channel", text: said };
      await fetch(url?.response_url ?? "", { method: "POST", body: JSON.stringify(text) });
    });
  });
  await page.types("/sync");
  const { id } = await page.finds(({ modals }) => modals[0]);
  const asked = { block_id: "flow", action_id: "value", value: "customers" };
  const container = { kind: "view", view_id: id };
  expect(await page.post("/ui/suggest", { user: "U024BE7LH", container, ...asked })).toEqual({
    ok: true,
    options: [option("customers-to-books")],
  });
  await page.submits(id, { where: { value: { selected_conversation: integrations } } });
  await page.finds(({ messages }) => messages[integrations]?.some(({ text }) => text === said));
});
