import type { Block, Stateful } from "#sandbox/slack/page/blocks/model.ts";
import { problemsIn } from "#sandbox/slack/page/validation.ts";
import {
  collectValues,
  draftKey,
  initialValue,
  isEmpty,
  type StateValue,
} from "#sandbox/slack/page/values.ts";
import { expect, test } from "vitest";

const plain = (text: string) => ({ type: "plain_text", text }) as const;
const option = (value: string) => ({ text: plain(value), value });
const input = (block_id: string, element: Stateful, more: object = {}): Block => ({
  type: "input",
  block_id,
  label: plain(block_id),
  element,
  ...more,
});
const name: Stateful = { type: "plain_text_input", action_id: "v", initial_value: "Berg" };
const none = new Map<string, StateValue>();

test("every element with a value is collected, wherever it stands", () => {
  const blocks: Block[] = [
    input("name", name),
    {
      type: "section",
      block_id: "side",
      text: plain("x"),
      accessory: { type: "users_select", action_id: "who", initial_user: "U1" },
    },
    {
      type: "actions",
      block_id: "row",
      elements: [
        { type: "button", action_id: "go", text: plain("Go"), value: "1" },
        { type: "checkboxes", action_id: "ticks", options: [option("a"), option("b")] },
        { type: "overflow", action_id: "more", options: [option("a")] },
      ],
    },
    { type: "divider" },
  ];
  expect(collectValues(blocks, none, undefined)).toEqual({
    name: { v: { type: "plain_text_input", value: "Berg" } },
    side: { who: { type: "users_select", selected_user: "U1" } },
    row: { ticks: { type: "checkboxes", selected_options: [] } },
  });
});

test("what was typed wins over what it began with", () => {
  const drafts = new Map([[draftKey("name", "v"), { type: "plain_text_input", value: null }]]);
  expect(collectValues([input("name", name)], drafts, undefined)).toEqual({
    name: { v: { type: "plain_text_input", value: null } },
  });
});

test("a draft of another kind of element does not survive the change", () => {
  const drafts = new Map([
    [draftKey("name", "v"), { type: "static_select", selected_option: null }],
  ]);
  expect(collectValues([input("name", name)], drafts, undefined)["name"]?.["v"]).toEqual({
    type: "plain_text_input",
    value: "Berg",
  });
});

test("each kind begins with its own member, empty as Slack has it", () => {
  expect(initialValue({ type: "static_select", action_id: "v" }, undefined)).toEqual({
    type: "static_select",
    selected_option: null,
  });
  expect(initialValue({ type: "multi_users_select", action_id: "v" }, undefined)).toEqual({
    type: "multi_users_select",
    selected_users: [],
  });
  expect(
    initialValue({ type: "datepicker", action_id: "v", initial_date: "2026-11-23" }, undefined),
  ).toEqual({ type: "datepicker", selected_date: "2026-11-23" });
});

test("a conversation select may begin with the channel one looks at", () => {
  const element: Stateful = {
    type: "conversations_select",
    action_id: "v",
    default_to_current_conversation: true,
  };
  expect(initialValue(element, "C1")).toMatchObject({ selected_conversation: "C1" });
  expect(initialValue(element, undefined)).toMatchObject({ selected_conversation: null });
  expect(initialValue({ ...element, initial_conversation: "C2" }, "C1")).toMatchObject({
    selected_conversation: "C2",
  });
  expect(initialValue({ ...element, type: "multi_conversations_select" }, "C1")).toMatchObject({
    selected_conversations: ["C1"],
  });
});

test("nothing typed, chosen or ticked is empty", () => {
  expect(isEmpty({ type: "x", value: "" })).toBe(true);
  expect(isEmpty({ type: "x", selected_options: [] })).toBe(true);
  expect(isEmpty({ type: "x", value: "0" })).toBe(false);
});

const problemOf = (element: Stateful, value: string | null, more: object = {}) => {
  const drafts = new Map([[draftKey("b", "v"), { type: element.type, value }]]);
  return problemsIn([input("b", element, more)], drafts, undefined)["b"];
};

test("a required input must be filled, an optional one need not", () => {
  const text: Stateful = { type: "plain_text_input", action_id: "v" };
  expect(problemOf(text, null)).toBe("Please complete this required field.");
  expect(problemOf(text, null, { optional: true })).toBeUndefined();
});

test("lengths, addresses and numbers are checked as Slack checks them", () => {
  const action_id = "v";
  const text: Stateful = { type: "plain_text_input", action_id, min_length: 3 };
  expect(problemOf(text, "ab")).toMatch("at least 3");
  expect(problemOf({ type: "email_text_input", action_id }, "olivia")).toMatch("email address");
  expect(problemOf({ type: "email_text_input", action_id }, "o@berg.example")).toBeUndefined();
  expect(problemOf({ type: "url_text_input", action_id }, "berg")).toMatch("whole address");
  const number: Stateful = {
    type: "number_input",
    action_id,
    is_decimal_allowed: false,
    max_value: "9",
  };
  expect(problemOf(number, "x")).toMatch("number");
  expect(problemOf(number, "1.5")).toMatch("whole number");
  expect(problemOf(number, "10")).toMatch("9 or less");
  expect(problemOf(number, "9")).toBeUndefined();
});

test("files are chosen, none at first, and asked for where they have to be", () => {
  const manifest: Stateful = { type: "file_input", action_id: "v", max_files: 1 };
  const blocks = [input("file", manifest)];
  expect(collectValues(blocks, none, undefined)).toEqual({
    file: { v: { type: "file_input", files: [] } },
  });
  expect(problemsIn(blocks, none, undefined)).toEqual({
    file: "Please complete this required field.",
  });
  const chosen = [{ id: "F1", name: "a.yaml", size: 3 }];
  const drafts = new Map([[draftKey("file", "v"), { type: "file_input", files: chosen }]]);
  expect(collectValues(blocks, drafts, undefined)).toEqual({
    file: { v: { type: "file_input", files: chosen } },
  });
  expect(problemsIn(blocks, drafts, undefined)).toEqual({});
});
