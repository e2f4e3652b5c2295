import { choice, flag, list, number, object, text, typed } from "./rules.ts";
import type { Rule, Table } from "./rules.ts";

const anything = text(Infinity, 0);
const style = object({}, { bold: flag, italic: flag, strike: flag, code: flag, underline: flag });
const border = choice(0, 1);
const span = (needs: Record<string, Rule>, may: Record<string, Rule> = {}) => ({
  needs,
  may: { ...may, style },
});

/** What stands in a line of rich text. */
const spans: Table = {
  text: span({ text: text(Infinity) }),
  link: span({ url: text(3000) }, { text: anything, unsafe: flag }),
  user: span({ user_id: anything }),
  usergroup: span({ usergroup_id: anything }),
  channel: span({ channel_id: anything }),
  team: span({ team_id: anything }),
  emoji: span({ name: anything }, { unicode: anything, url: anything }),
  date: span({ timestamp: number(), format: anything }, { url: anything, fallback: anything }),
  broadcast: span({ range: choice("here", "channel", "everyone") }),
  color: span({ value: anything }),
};
const anySpan = typed(() => spans, ...Object.keys(spans));
const section = typed(() => lines, "rich_text_section");

const lines: Table = {
  rich_text_section: { needs: { elements: list(anySpan, Infinity, 0) }, may: {} },
  rich_text_list: {
    needs: { elements: list(section), style: choice("bullet", "ordered") },
    may: { indent: number(0, 8), border },
  },
  rich_text_quote: { needs: { elements: list(anySpan) }, may: { border } },
  rich_text_preformatted: {
    needs: { elements: list(typed(() => spans, "text", "link")) },
    may: { border },
  },
};

export const richTextMembers: Record<string, Rule> = {
  elements: list(
    typed(() => lines, ...Object.keys(lines)),
    Infinity,
    0,
  ),
};

const richTextTable: Table = {
  rich_text: { needs: richTextMembers, may: { block_id: text(255) } },
};

/** A whole rich text, where one stands inside something else. */
export const richText: Rule = typed(() => richTextTable, "rich_text");
