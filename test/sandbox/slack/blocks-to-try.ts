import type { Block, Fields } from "#sandbox/slack/fields.ts";

export const plain = (text: string) => ({ type: "plain_text", text });
export const mrkdwn = (text: string) => ({ type: "mrkdwn", text });
export const section = (text: string): Block => ({ type: "section", text: mrkdwn(text) });
export const button = (action_id: string, text = "Go", more: Fields = {}): Block => ({
  type: "button",
  action_id,
  text: plain(text),
  ...more,
});
export const actions = (...elements: Block[]): Block => ({ type: "actions", elements });
export const input = (block_id: string, element: Fields, more: Fields = {}): Block => ({
  type: "input",
  block_id,
  label: plain("Label"),
  element: { action_id: "value", ...element },
  ...more,
});
export const modal = (blocks: Block[], more: Fields = {}) => ({
  type: "modal" as const,
  callback_id: "modal",
  title: plain("Title"),
  submit: plain("Save"),
  blocks,
  ...more,
});

export const long = (length: number) => "x".repeat(length);
export const many = <Item>(count: number, make: (n: number) => Item) =>
  Array.from({ length: count }, (_, n) => make(n));
export const option = (n: number | string, label = `Option ${n}`) => ({
  text: plain(label),
  value: String(n),
});
export const cell = (text: string) => ({ type: "raw_text", text });
export const table = (text = "x"): Block => ({ type: "table", rows: [[cell(text)]] });
export const chart = (series: Fields[]): Block => ({
  type: "data_visualization",
  title: "Runs",
  chart: { type: "line", series, axis_config: { categories: ["Mon", "Tue"] } },
});
