import type { KnownBlock } from "@slack/types";
import { checkMessageBlocks, checkView } from "#sandbox/slack/validate-blocks.ts";
import { modalView, type Message, type Modal } from "#slack/message.ts";
import { expect } from "vitest";

const anyImage = (): boolean => true;

/** Fails where Slack would not take the message, or where its text leaves out what its blocks say. */
export function expectGoodMessage(message: Message): void {
  expect(checkMessageBlocks(message.blocks, anyImage)).toEqual([]);
  expect(message.text.length).toBeGreaterThan(0);
  expect(message.text.length).toBeLessThanOrEqual(4000);
  if (message.text.endsWith("…")) return;
  for (const said of wordsIn(message.blocks)) expect(message.text).toContain(said);
}

export function expectGoodModal(modal: Modal): void {
  expect(checkView(modalView(modal), anyImage)).toEqual([]);
  expect(JSON.stringify(modal.meta)).not.toMatch(/xox|token|secret/i);
}

export function expectGoodHome(blocks: KnownBlock[]): void {
  expect(checkView({ type: "home", blocks }, anyImage)).toEqual([]);
}

/** Every word that a person reads, but not what stands on buttons. */
function wordsIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(wordsIn);
  if (typeof node !== "object" || node === null) return [];
  const one = node as Record<string, unknown>;
  if (one["type"] === "actions" || "action_id" in one) return [];
  if (one["type"] === "mrkdwn" && typeof one["text"] === "string") return [one["text"]];
  return Object.values(one).flatMap(wordsIn);
}
