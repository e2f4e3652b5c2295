import { expect, test } from "vitest";
import { judge, sdl } from "../../sandbox/tools/monday-call.ts";
import { recordedSession } from "./recorded.ts";

test.skipIf(sdl === undefined)(
  "every document sent to monday.com is one of its schema (skipped: no contracts here)",
  async () => {
    const session = await recordedSession("monday");
    const documents = new Set<string>();
    for (const { sent, answer } of session) {
      const { query } = sent as { query: string };
      expect(answer).not.toHaveProperty("errors");
      judge(query, answer as Record<string, unknown>);
      documents.add(query);
    }
    for (const root of [
      "me",
      "create_item",
      "change_multiple_column_values",
      "archive_item",
      "create_board",
      "update_board",
      "archive_board",
      "next_items_page",
      "items_page_by_column_values",
      "create_webhook",
      "delete_webhook",
    ])
      // prettier-ignore
      expect([...documents].some((query) => query.includes(root)), root).toBe(true);
  },
);
