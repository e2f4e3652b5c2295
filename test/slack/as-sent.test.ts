import { expect, test } from "vitest";
import { asSent } from "#slack/views/as-sent.ts";
import { expectGoodModal } from "./support/limits.ts";
import { letterView } from "./support/samples.ts";

test("what the tool sent is shown as it is, and nothing in it does anything", () => {
  const text = `{"name":"<!channel>\u202e*Ada*\\u0000"}`;
  const modal = asSent({ letter: letterView.letter, text, bytes: 9_000, shown: 41 });
  expectGoodModal(modal);
  const [code, about] = modal.blocks;
  expect(code).toMatchObject({ type: "rich_text", elements: [{ type: "rich_text_preformatted" }] });
  expect(JSON.stringify(code)).toContain(JSON.stringify(`{"name":"<!channel>\\u202e*Ada*\\u0000"}`).slice(1, -1)); // prettier-ignore
  expect(JSON.stringify(about)).toContain("The first 41 bytes of 9,000 bytes");
  expectGoodModal(asSent({ letter: letterView.letter, text: "\0".repeat(8_192), bytes: 8_192, shown: 8_192 })); // prettier-ignore
});
