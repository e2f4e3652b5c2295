import { elements, imageMembers, inAccessory, inActions } from "./element-rules.ts";
import { inContext, inInput } from "./element-rules.ts";
import { richText, richTextMembers } from "./rich-text-rules.ts";
import { choice, flag, list, number, object, plain, text, typed, words } from "./rules.ts";
import type { Rule, Shape, Table } from "./rules.ts";

export type Surface = "message" | "modal" | "home";

const everywhere: Surface[] = ["message", "modal", "home"];
const anything = text(Infinity, 0);
const element = (...types: string[]) => typed(() => elements, ...types);
const marked = (max: number): Rule =>
  typed(() => ({ mrkdwn: { needs: { text: text(max) }, may: { verbatim: flag } } }), "mrkdwn");

const rawText: Shape = { needs: { text: anything }, may: {} };
const rawNumber: Shape = { needs: { value: number(), text: anything }, may: {} };
const cells: Table = {
  raw_text: rawText,
  raw_number: rawNumber,
  rich_text: { needs: richTextMembers, may: { block_id: text(255) } },
};
const cell = typed(() => cells, ...Object.keys(cells));
const column = object({}, { align: choice("left", "center", "right"), is_wrapped: flag });

const point = object({ label: text(20), value: number() });
const series = object({ name: text(20), data: list(point, 20) });
const axes = object({ categories: list(text(20), 20) }, { x_label: text(50), y_label: text(50) });
const plotted: Shape = { needs: { series: list(series, 6), axis_config: axes }, may: {} };
const charts: Table = {
  pie: { needs: { segments: list(point, 6) }, may: {} },
  bar: plotted,
  area: plotted,
  line: plotted,
};

const source = typed(() => ({ url: { needs: { url: anything, text: anything }, may: {} } }), "url");
const task = typed(() => blocks, "task_card");
const inContainer = [
  ...["actions", "context", "divider", "file", "header", "image", "input", "rich_text"],
  ...["section", "table", "video"],
];

/** Every block of Block Kit with its members and limits. `block_id` is on all of them. */
export const blocks: Table = {
  actions: { needs: { elements: list(element(...inActions), 25) }, may: {} },
  alert: {
    needs: { text: words(200) },
    may: { level: choice("default", "info", "warning", "error", "success") },
  },
  card: {
    needs: {},
    may: {
      title: marked(150),
      subtitle: marked(150),
      body: marked(200),
      icon: element("image"),
      hero_image: element("image"),
      actions: list(element("button"), 5),
    },
    some: ["hero_image", "title", "actions", "body"],
  },
  carousel: {
    needs: {
      elements: list(
        typed(() => blocks, "card"),
        10,
      ),
    },
    may: {},
  },
  container: {
    needs: {
      child_blocks: list(
        typed(() => blocks, ...inContainer),
        10,
      ),
    },
    may: {
      title: plain(150),
      rich_text_title: richText,
      subtitle: words(150),
      icon: element("image"),
      width: choice("narrow", "standard", "wide", "full"),
      is_collapsible: flag,
      default_collapsed: flag,
      has_header_divider: flag,
    },
    one: ["title", "rich_text_title"],
  },
  context: { needs: { elements: list(element(...inContext), 10) }, may: {} },
  context_actions: {
    needs: { elements: list(element("feedback_buttons", "icon_button"), 5) },
    may: {},
  },
  data_table: {
    needs: { caption: anything, rows: list(list(cell, 20), 101, 2) },
    may: { page_size: number(1, 100), row_header_column_index: number(0, 19) },
  },
  data_visualization: {
    needs: { title: text(50), chart: typed(() => charts, ...Object.keys(charts)) },
    may: {},
  },
  divider: { needs: {}, may: {} },
  file: { needs: { external_id: anything, source: anything }, may: {} },
  header: { needs: { text: plain(150) }, may: {} },
  image: {
    needs: { alt_text: text(2000) },
    may: { ...imageMembers, title: plain(2000) },
    one: ["image_url", "slack_file"],
  },
  input: {
    needs: { label: plain(2000), element: element(...inInput) },
    may: { hint: plain(2000), optional: flag, dispatch_action: flag },
  },
  markdown: { needs: { text: text(12_000) }, may: {} },
  plan: { needs: { title: anything }, may: { tasks: list(task, Infinity, 0) } },
  rich_text: { needs: richTextMembers, may: {} },
  section: {
    needs: {},
    may: {
      text: words(3000),
      fields: list(words(2000), 10),
      accessory: element(...inAccessory),
      expand: flag,
    },
    some: ["text", "fields"],
  },
  table: {
    needs: { rows: list(list(cell, 20), 100) },
    may: { column_settings: list(column, 20, 0) },
  },
  task_card: {
    needs: {
      task_id: anything,
      title: anything,
      status: choice("pending", "in_progress", "complete", "error"),
    },
    may: { details: richText, output: richText, sources: list(source, Infinity, 0) },
  },
  video: {
    needs: { alt_text: anything, thumbnail_url: anything, video_url: anything, title: plain(200) },
    may: {
      author_name: text(50),
      description: plain(200),
      provider_icon_url: anything,
      provider_name: anything,
      title_url: anything,
    },
  },
};
for (const shape of Object.values(blocks)) shape.may["block_id"] = text(255);

/** Blocks that Slack does not take everywhere. */
const only: Record<string, Surface[]> = {
  alert: ["modal"],
  card: ["message"],
  carousel: ["message"],
  container: ["message"],
  context_actions: ["message"],
  data_table: ["message"],
  data_visualization: ["message"],
  file: ["message"],
  markdown: ["message"],
  plan: ["message"],
  table: ["message"],
  task_card: ["message"],
};

export function surfacesOf(type: string): Surface[] {
  return only[type] ?? everywhere;
}

/** The members of a view beside its blocks. */
export const viewShapes: Record<"modal" | "home", Shape> = {
  modal: {
    needs: { title: plain(24) },
    may: {
      submit: plain(24),
      close: plain(24),
      private_metadata: text(3000, 0),
      callback_id: text(255, 0),
      external_id: text(255, 0),
      clear_on_close: flag,
      notify_on_close: flag,
      submit_disabled: flag,
    },
  },
  home: {
    needs: {},
    may: {
      private_metadata: text(3000, 0),
      callback_id: text(255, 0),
      external_id: text(255, 0),
    },
  },
};
