import { parseMrkdwn, type Inline } from "#sandbox/slack/page/mrkdwn.ts";
import fc from "fast-check";
import { expect, test } from "vitest";

const inline = (text: string): Inline[] =>
  parseMrkdwn(text).flatMap((piece) => (piece.kind === "pre" ? [] : piece.children));

/** All the words of a tree, in order, whatever their style. */
function wordsOf(nodes: Inline[]): string {
  return nodes
    .map((node) => {
      if ("children" in node) return wordsOf(node.children);
      if (node.kind === "break") return "\n";
      return "text" in node ? node.text : "";
    })
    .join("");
}

test("bold, italic, strike and code are told from their words", () => {
  expect(inline("*bold* _it_ ~gone~ `x*y*`")).toEqual([
    { kind: "bold", children: [{ kind: "text", text: "bold" }] },
    { kind: "text", text: " " },
    { kind: "italic", children: [{ kind: "text", text: "it" }] },
    { kind: "text", text: " " },
    { kind: "strike", children: [{ kind: "text", text: "gone" }] },
    { kind: "text", text: " " },
    { kind: "code", text: "x*y*" },
  ]);
});

test("styles nest", () => {
  expect(inline("*_both_*")).toEqual([
    { kind: "bold", children: [{ kind: "italic", children: [{ kind: "text", text: "both" }] }] },
  ]);
});

test.each(["2 * 3 * 4", "2*3*4", "snake_case_name", "* not *", "**", "a ~ b", "*open"])(
  "%s is plain text",
  (text) => expect(inline(text)).toEqual([{ kind: "text", text }]),
);

test("a style does not end inside a link or code", () => {
  const [bold] = inline("*see <https://example.com/*x*|this> and `*`*");
  expect(bold).toMatchObject({ kind: "bold" });
  expect(wordsOf([bold ?? { kind: "break" }])).toBe("see this and *");
});

test("mentions, groups, channels and broadcasts keep their ids", () => {
  expect(inline("<@U1|olivia><#C1><!subteam^S1|@ops><!here>")).toEqual([
    { kind: "user", id: "U1", label: "olivia" },
    { kind: "channel", id: "C1", label: undefined },
    { kind: "usergroup", id: "S1", label: "@ops" },
    { kind: "broadcast", range: "here" },
  ]);
});

test("a date keeps its moment, its format and what to say instead", () => {
  expect(inline("<!date^1700000000^{date_short_pretty} {time}|then>")).toEqual([
    {
      kind: "date",
      unix: 1_700_000_000,
      format: "{date_short_pretty} {time}",
      url: undefined,
      fallback: "then",
    },
  ]);
});

test("links are only those that cannot run code", () => {
  expect(inline("<https://example.com/?a=1&amp;b=2|here>")).toEqual([
    { kind: "link", url: "https://example.com/?a=1&b=2", text: "here" },
  ]);
  for (const url of [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
  ]) {
    const nodes = inline(`<${url}|click>`);
    expect(nodes.every(({ kind }) => kind === "text")).toBe(true);
  }
});

test("a bare address becomes a link without the full stop after it", () => {
  expect(inline("See https://example.com/a_b_c.")).toEqual([
    { kind: "text", text: "See " },
    { kind: "link", url: "https://example.com/a_b_c", text: "https://example.com/a_b_c" },
    { kind: "text", text: "." },
  ]);
});

test("entities are decoded once, and only the three", () => {
  expect(wordsOf(inline("&lt;b&gt; &amp;lt; &quot; &copy;"))).toBe("<b> &lt; &quot; &copy;");
});

test("markup in data stays text", () => {
  const hostile = '<img src=x onerror="alert(1)"> <script>alert(1)</script> <!foo> <@> <>';
  expect(inline(hostile)).toEqual([{ kind: "text", text: hostile }]);
});

test("quotes gather their lines, fences keep everything", () => {
  expect(parseMrkdwn("a\n> b\n&gt; c\nd\n```\n*x*\n  <https://e.com|y>\n```\nend")).toEqual([
    { kind: "lines", children: [{ kind: "text", text: "a" }] },
    {
      kind: "quote",
      children: [{ kind: "text", text: "b" }, { kind: "break" }, { kind: "text", text: "c" }],
    },
    { kind: "lines", children: [{ kind: "text", text: "d" }] },
    { kind: "pre", text: "*x*\n  y" },
    { kind: "lines", children: [{ kind: "text", text: "end" }] },
  ]);
});

test("three signs quote all the rest", () => {
  const pieces = parseMrkdwn(">>> a\nb\nc");
  expect(pieces).toHaveLength(1);
  expect(pieces[0]).toMatchObject({ kind: "quote" });
});

test("known emoji become signs, others stay as typed", () => {
  expect(wordsOf(inline(":tada: :no_such_thing: 10:30:45"))).toBe("🎉 :no_such_thing: 10:30:45");
});

test("no text makes it throw, and it never says more than was written", () => {
  const signs = ["*", "_", "~", "`", "<", ">", "|", "&", "\n", " ", "a", "@U1", "!date^", "```"];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...signs), { maxLength: 60 }), (parts) => {
      const text = parts.join("");
      expect(wordsOf(inline(text)).length).toBeLessThanOrEqual(text.length);
    }),
  );
});

test("plain words come out as they went in", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", " ", "é", "\n"), maxLength: 80 });
  fc.assert(
    fc.property(letters, (plain) => {
      expect(wordsOf(inline(plain))).toBe(plain);
    }),
  );
});

test.each(["*a ", "_a ", "<a ", "`", "<https://", "> ", "```x", "*_~`<"])(
  "a very long run of %j is read in a moment",
  (part) => {
    const began = performance.now();
    parseMrkdwn(part.repeat(20_000));
    expect(performance.now() - began).toBeLessThan(2000);
  },
);
