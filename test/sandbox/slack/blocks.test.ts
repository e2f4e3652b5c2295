import { expect, test } from "vitest";
import type { Block, Fields } from "#sandbox/slack/fields.ts";
import { checkMessageBlocks } from "#sandbox/slack/validate-blocks.ts";
import {
  actions,
  button,
  cell,
  chart,
  long,
  many,
  mrkdwn,
  option,
  plain,
  section,
  table,
} from "./blocks-to-try.ts";

const select = (more: Fields): Block => ({ type: "static_select", action_id: "a", ...more });
const confirm = (more: Fields) => button("a", "Go", { confirm: { text: plain("Sure?"), ...more } });

const refused: [why: string, blocks: unknown, pointer: string, message: string][] = [
  [
    "a header of 151",
    [{ type: "header", text: plain(long(151)) }],
    "/0/text/text",
    "less than 151",
  ],
  [
    "a header in mrkdwn",
    [{ type: "header", text: mrkdwn("x") }],
    "/0/text/type",
    "unsupported type",
  ],
  ["a section of 3001", [section(long(3001))], "/0/text/text", "less than 3001"],
  ["a section of nothing", [{ type: "section" }], "/0", "missing required field: text or fields"],
  ["an empty text", [section("")], "/0/text/text", "more than 0"],
  [
    "11 fields",
    [{ type: "section", fields: many(11, () => mrkdwn("x")) }],
    "/0/fields",
    "no more than 10 items",
  ],
  [
    "a field of 2001",
    [{ type: "section", fields: [mrkdwn(long(2001))] }],
    "/0/fields/0/text",
    "less than 2001",
  ],
  ["51 blocks", many(51, () => ({ type: "divider" })), "", "no more than 50 items"],
  ["an unknown type", [{ type: "sparkle" }], "/0/type", "unsupported type: sparkle"],
  ["no type", [{ text: plain("x") }], "/0", "missing required field: type"],
  ["an unknown member", [{ type: "divider", color: "red" }], "/0/color", "additional property"],
  [
    "a member called constructor",
    [{ type: "divider", constructor: 1 }],
    "/0/constructor",
    "additional property",
  ],
  ["a block that is a text", ["x"], "/0", "must provide an object"],
  ["blocks that are no list", { type: "divider" }, "", "must provide an array"],
  ["a button of 76", [actions(button("a", long(76)))], "/0/elements/0/text/text", "less than 76"],
  [
    "a button value of 2001",
    [actions(button("a", "Go", { value: long(2001) }))],
    "/0/elements/0/value",
    "less than 2001",
  ],
  [
    "a button style",
    [actions(button("a", "Go", { style: "loud" }))],
    "/0/elements/0/style",
    "must be one of: primary, danger",
  ],
  ["an action_id of 256", [actions(button(long(256)))], "/0/elements/0/action_id", "less than 256"],
  ["26 buttons", [actions(...many(26, (n) => button(`a${n}`)))], "/0/elements", "no more than 25"],
  ["no elements", [actions()], "/0/elements", "no fewer than 1"],
  ["a text among actions", [actions(plain("x"))], "/0/elements/0/type", "unsupported type"],
  [
    "one action_id twice in a block",
    [actions(button("a"), button("a"))],
    "/0",
    "action_id already exists",
  ],
  [
    "one block_id twice",
    many(2, () => ({ type: "divider", block_id: "b" })),
    "/1/block_id",
    "block_id already exists",
  ],
  [
    "11 in a context",
    [{ type: "context", elements: many(11, () => mrkdwn("x")) }],
    "/0/elements",
    "10",
  ],
  [
    "a button in a context",
    [{ type: "context", elements: [button("a")] }],
    "/0/elements/0/type",
    "un",
  ],
  [
    "an image without alt text",
    [{ type: "image", image_url: "https://example.com/a.png" }],
    "/0",
    "missing required field: alt_text",
  ],
  ["an image of nothing", [{ type: "image", alt_text: "x" }], "/0", "exactly one of: image_url"],
  ["6 in an overflow", [overflow(6)], "/0/accessory/options", "no more than 5"],
  [
    "101 options",
    [actions(select({ options: many(101, option) }))],
    "/0/elements/0/options",
    "no more than 100",
  ],
  ["a select without options", [actions(select({}))], "/0/elements/0", "exactly one of: options"],
  [
    "an option of 76",
    [actions(select({ options: [option(1, long(76))] }))],
    "/0/elements/0/options/0/text/text",
    "less than 76",
  ],
  [
    "a start that is no option",
    [actions(select({ options: [option(1)], initial_option: option(2) }))],
    "/0",
    "initial option is not one of the options",
  ],
  [
    "11 checkboxes",
    [actions({ type: "checkboxes", options: many(11, option) })],
    "/0/elements/0/options",
    "no more than 10",
  ],
  [
    "a confirm title of 101",
    [actions(confirm({ title: plain(long(101)) }))],
    titleOf("title"),
    "101",
  ],
  ["a confirm button of 31", [actions(confirm({ deny: plain(long(31)) }))], titleOf("deny"), "31"],
  ["a placeholder of 151", [actions(placeholder(151))], "/0/elements/0/placeholder/text", "151"],
  [
    "an alert in a message",
    [{ type: "alert", text: plain("x") }],
    "/0/type",
    "not allowed in a message",
  ],
  ["two tables", [table(), table()], "", "only one table"],
  [
    "101 rows",
    [{ type: "table", rows: many(101, () => [cell("x")]) }],
    "/0/rows",
    "no more than 100",
  ],
  [
    "21 columns",
    [{ type: "table", rows: [many(21, () => cell("x"))] }],
    "/0/rows/0",
    "no more than 20",
  ],
  ["a table of 10,001 letters", [table(long(10_001))], "", "less than 10001"],
  [
    "12,001 letters of markdown",
    many(2, () => ({ type: "markdown", text: long(6001) })),
    "",
    "12001",
  ],
  [
    "rows of unequal length",
    [{ type: "data_table", caption: "x", rows: [[cell("a"), cell("b")], [cell("c")]] }],
    "/0/rows",
    "same number of cells",
  ],
  [
    "a chart without a value for a day",
    [chart([{ name: "a", data: [{ label: "Mon", value: 1 }] }])],
    "/0/chart/series",
    "labels must match the categories",
  ],
  [
    "a rich text of an unknown kind",
    [{ type: "rich_text", elements: [{ type: "rich_text_poem", elements: [] }] }],
    "/0/elements/0/type",
    "unsupported type",
  ],
];

function overflow(count: number): Block {
  return { ...section("x"), accessory: { type: "overflow", options: many(count, option) } };
}

function titleOf(member: string): string {
  return `/0/elements/0/confirm/${member}/text`;
}

function placeholder(length: number): Block {
  return { type: "users_select", placeholder: plain(long(length)) };
}

test.each(refused)("a message may not have %s", (_, blocks, pointer, message) => {
  const found = checkMessageBlocks(blocks, () => false);
  expect(found).toContainEqual(
    expect.objectContaining({ pointer, message: expect.stringContaining(message) }),
  );
});
