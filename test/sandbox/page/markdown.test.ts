import { parseMarkdown } from "#sandbox/slack/page/markdown.ts";
import { expect, test } from "vitest";

test("headings, paragraphs, rules and quotes", () => {
  expect(parseMarkdown("## Help\n\none\ntwo\n\n---\n> said").map(({ kind }) => kind)).toEqual([
    "heading",
    "paragraph",
    "rule",
    "quote",
  ]);
});

test("styles, code and links", () => {
  expect(parseMarkdown("**b** *i* ~~s~~ `c` [t](https://example.com)")).toMatchObject([
    {
      kind: "paragraph",
      children: [
        { kind: "bold" },
        { text: " " },
        { kind: "italic" },
        { text: " " },
        { kind: "strike" },
        { text: " " },
        { kind: "code", text: "c" },
        { text: " " },
        { kind: "link", url: "https://example.com" },
      ],
    },
  ]);
});

test("a link that could run code stays text", () => {
  expect(parseMarkdown("[x](javascript:alert)")).toEqual([
    { kind: "paragraph", children: [{ kind: "text", text: "[x](javascript:alert)" }] },
  ]);
});

test("lists keep their depth, and another sign begins another list", () => {
  expect(parseMarkdown("- one\n  - two\n3. three\n4. four")).toMatchObject([
    { kind: "list", ordered: false, items: [{ level: 0 }, { level: 1 }] },
    { kind: "list", ordered: true, start: 3, items: [{ level: 0 }, { level: 0 }] },
  ]);
});

test("tables lose their line of dashes, fences keep their text", () => {
  expect(parseMarkdown("| a | b |\n|---|:-:|\n| 1 | 2 |\n```\n# no heading\n```")).toMatchObject([
    {
      kind: "table",
      rows: [
        [{}, {}],
        [{}, {}],
      ],
    },
    { kind: "code", text: "# no heading" },
  ]);
});

test.each(["**", "*a ", "__x", "[", "`", "- ", "| ", "> ", "\\"])(
  "a very long run of %j is read in a moment",
  (part) => {
    const began = performance.now();
    parseMarkdown(part.repeat(4000));
    expect(performance.now() - began).toBeLessThan(2000);
  },
);
