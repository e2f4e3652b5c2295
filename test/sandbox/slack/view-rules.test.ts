import fc from "fast-check";
import { expect, test } from "vitest";
import { checkMessageBlocks, checkView } from "#sandbox/slack/validate-blocks.ts";
import {
  actions,
  button,
  chart,
  input,
  long,
  many,
  modal,
  mrkdwn,
  option,
  plain,
  section,
  table,
} from "./blocks-to-try.ts";
import { callerOf, integrations, withSlack } from "./with-slack.ts";

const name = input("name", { type: "plain_text_input" });
const labelAt = "/blocks/0/label/text";
const filesAt = "/blocks/0/element/max_files";

test.each<[why: string, view: unknown, pointer: string, message: string]>([
  [
    "a title of 25",
    modal([section("x")], { title: plain(long(25)) }),
    "/title/text",
    "less than 25",
  ],
  ["a submit of 25", modal([name], { submit: plain(long(25)) }), "/submit/text", "less than 25"],
  ["no title", { type: "modal", blocks: [] }, "", "missing required field: title"],
  ["no blocks", { type: "modal", title: plain("x") }, "", "missing required field: blocks"],
  [
    "an input and no submit",
    { ...modal([name]), submit: undefined },
    "/submit",
    "submit is required",
  ],
  [
    "private metadata of 3001",
    modal([], { private_metadata: long(3001) }),
    "/private_metadata",
    "3001",
  ],
  ["a callback_id of 256", modal([], { callback_id: long(256) }), "/callback_id", "less than 256"],
  ["101 blocks", modal(many(101, () => section("x"))), "/blocks", "no more than 100"],
  ["a table", modal([table()]), "/blocks/0/type", "table is not allowed in a modal"],
  [
    "an input label of 2001",
    modal([input("a", {}, { label: plain(long(2001)) })]),
    labelAt,
    "2001",
  ],
  ["a button as input", modal([input("a", button("b"))]), "/blocks/0/element/type", "unsupported"],
  ["11 files", modal([input("a", { type: "file_input", max_files: 11 })]), filesAt, "at most 10"],
  ["a home with a title", { type: "home", title: plain("x"), blocks: [] }, "/title", "additional"],
  ["an unknown type", { type: "sheet", blocks: [] }, "/type", "unsupported type: sheet"],
])("a view may not have %s", (_, view, pointer, message) => {
  expect(checkView(view, () => false)).toContainEqual(
    expect.objectContaining({ pointer, message: expect.stringContaining(message) }),
  );
});

test("whatever an app sends is judged, and never breaks the judge", () => {
  const deep = JSON.parse(`${"[".repeat(5000)}${"]".repeat(5000)}`) as unknown;
  expect(checkMessageBlocks([{ type: "table", rows: deep }], () => false)).not.toEqual([]);
  const strange = fc.oneof(
    fc.jsonValue(),
    fc.record({
      type: fc.constantFrom("section", "actions", "input", "table", "carousel", "container"),
      elements: fc.jsonValue(),
      element: fc.jsonValue(),
      accessory: fc.jsonValue(),
      child_blocks: fc.jsonValue(),
      rows: fc.jsonValue(),
    }),
  );
  fc.assert(
    fc.property(fc.array(strange, { minLength: 1, maxLength: 3 }), (blocks) => {
      expect(checkMessageBlocks(blocks, () => false).length).toBeGreaterThan(0);
      checkView({ type: "home", blocks }, () => false);
    }),
    { numRuns: 300 },
  );
});

test("what Slack takes is taken", () => {
  const series = (label: string) => ({
    name: label,
    data: ["Mon", "Tue"].map((day, value) => ({ label: day, value })),
  });
  const blocks = [
    { type: "header", text: plain(long(150)) },
    section(long(3000)),
    { ...section("x"), accessory: { type: "overflow", options: many(5, option) } },
    actions(...many(25, (n) => button(`a${n}`, long(75), { value: "" }))),
    { type: "context", elements: [mrkdwn("x"), plain("y")] },
    chart([series("Runs"), series("Failures")]),
    table(long(9000)),
    { type: "markdown", text: long(12_000) },
    ...many(42, () => ({ type: "divider" })),
  ];
  expect(checkMessageBlocks(blocks, () => false)).toEqual([]);
  const view = modal([name, { type: "alert", text: plain("x"), level: "warning" }]);
  expect(checkView({ ...view, title: plain(long(24)) }, () => false)).toEqual([]);
});

test("the methods refuse with Slack's code, the pointer and a line for each mistake", async () => {
  await using running = await withSlack();
  const call = callerOf(running.slack);
  const blocks = [section(long(3001)), { type: "header", text: plain(long(151)) }];
  const message = "must be less than 3001 characters";
  expect(
    await call("chat.postMessage", { channel: integrations, text: "x", blocks }),
  ).toMatchObject({
    ok: false,
    error: "invalid_blocks",
    errors: [
      { code: "too_long", field: "text", pointer: "/0/text/text", constraint: 3000, message },
      { pointer: "/1/text/text", constraint: 150 },
    ],
    response_metadata: {
      messages: [
        `[ERROR] ${message} [json-pointer:/blocks/0/text/text]`,
        "[ERROR] must be less than 151 characters [json-pointer:/blocks/1/text/text]",
      ],
    },
  });
  const view = modal([section("x")], { title: plain(long(25)) });
  expect(await call("views.open", { trigger_id: "1.2.3", view })).toMatchObject({
    error: "invalid_arguments",
    response_metadata: {
      messages: ["[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"],
    },
  });
});

test("blocks.validate needs no token and takes blocks, a message or a view", async () => {
  await using running = await withSlack();
  const call = callerOf(running.slack, null);
  const wrong = [{ type: "header", text: mrkdwn("x") }];
  expect(await call("blocks.validate", { blocks: [section("x")] })).toMatchObject({ ok: true });
  expect(await call("blocks.validate", { blocks: wrong })).toMatchObject({
    ok: false,
    error: "invalid_blocks",
    errors: [{ field: "type", pointer: "/0/text/type" }],
  });
  expect(await call("blocks.validate", { message: { blocks: wrong } })).toMatchObject({
    error: "invalid_message",
  });
  expect(await call("blocks.validate", { view: modal(wrong) })).toMatchObject({
    error: "invalid_view",
  });
  expect(await call("blocks.validate", {})).toMatchObject({ error: "invalid_arguments" });
});
