import { interactiveElements } from "./block-ids.ts";
import { blocks, surfacesOf, viewShapes, type Surface } from "./block-rules.ts";
import { checkShape, checkTyped, problem } from "./check-rule.ts";
import { asFields, asList, isBlock, isFields, type Block } from "./fields.ts";
import type { Problem } from "./problems.ts";

type IsImage = (idOrUrl: string) => boolean;

const most: Record<Surface, number> = { message: 50, modal: 100, home: 100 };
const knownTypes = Object.keys(blocks);
const markdownMost = 12_000;
const tableMost = 10_000;

/** Everything that Slack would not take in a message's blocks; pointers begin at the list. */
export function checkMessageBlocks(list: unknown, isImage: IsImage): Problem[] {
  return checkBlocks(list, "message", isImage, "");
}

/** Everything that Slack would not take in a view; pointers begin at the view. */
export function checkView(view: unknown, isImage: IsImage): Problem[] {
  if (!isFields(view)) return [problem("wrong_type", "must provide an object", "")];
  const type = view["type"];
  if (type !== "modal" && type !== "home") {
    return [problem("invalid_type", `unsupported type: ${String(type)}`, "/type", "modal,home")];
  }
  const found = checkShape(view, viewShapes[type], "", ["type", "blocks"]);
  if (view["blocks"] === undefined) {
    found.push(problem("missing_field", "missing required field: blocks", ""));
    return found;
  }
  found.push(...checkBlocks(view["blocks"], type, isImage, "/blocks"));
  const asks = asList(view["blocks"]).some((block) => isBlock(block) && block.type === "input");
  if (type === "modal" && asks && !isFields(view["submit"])) {
    const message = "submit is required when an input block is within blocks";
    found.push(problem("missing_field", message, "/submit"));
  }
  return found;
}

function checkBlocks(list: unknown, on: Surface, isImage: IsImage, at: string): Problem[] {
  if (!Array.isArray(list)) return [problem("wrong_type", "must provide an array", at, "array")];
  if (list.length > most[on]) {
    const message = `no more than ${most[on]} items allowed`;
    return [problem("too_many_items", message, at, most[on])];
  }
  const found = list.flatMap((block, n) => checkBlock(block, on, isImage, `${at}/${n}`));
  // The rest walks through the blocks and wants them well formed.
  if (found.length > 0) return found;
  const whole = list.filter(isBlock);
  return [...checkRepeats(whole, at), ...checkTotals(whole, at)];
}

function checkBlock(block: unknown, on: Surface, isImage: IsImage, at: string): Problem[] {
  const found = checkTyped(block, blocks, knownTypes, at);
  if (!isBlock(block) || found.length > 0) return found;
  if (!surfacesOf(block.type).includes(on)) {
    const message = `unsupported type: ${block.type} is not allowed in a ${on}`;
    return [problem("invalid_type", message, `${at}/type`, surfacesOf(block.type).join())];
  }
  return [
    ...checkChoices(block, at),
    ...checkImages(block, isImage, at),
    ...checkColumns(block, at),
    ...(block.type === "data_visualization" ? checkChart(block, at) : []),
  ];
}

/** What is chosen at the start must be among the options. */
function checkChoices(block: Block, at: string): Problem[] {
  return interactiveElements([block]).flatMap(({ element }) => {
    const groups = asList(element["option_groups"]).map(asFields);
    const options = [element, ...groups].flatMap((holder) => asList(holder["options"]));
    if (options.length === 0) return [];
    const known = new Set(options.map(asKey));
    const chosen = [element["initial_option"], ...asList(element["initial_options"])];
    return chosen
      .filter((option) => option !== undefined && !known.has(asKey(option)))
      .map(() => problem("invalid_value", "initial option is not one of the options", at));
  });
}

const asKey = (option: unknown) => {
  const { text, value } = asFields(option);
  return JSON.stringify([asFields(text)["text"], value]);
};

function checkImages(holder: unknown, isImage: IsImage, at: string): Problem[] {
  if (Array.isArray(holder)) {
    return holder.flatMap((item, n) => checkImages(item, isImage, `${at}/${n}`));
  }
  if (!isFields(holder)) return [];
  return Object.entries(holder).flatMap(([name, value]) => {
    const place = `${at}/${name}`;
    if (name !== "slack_file") return checkImages(value, isImage, place);
    const { id, url } = asFields(value);
    return isImage(String(id ?? url)) ? [] : [problem("invalid_file", "invalid slack file", place)];
  });
}

/** A chart has one value for each category in each series, and no two series of one name. */
function checkChart(block: Block, at: string): Problem[] {
  const { series, axis_config } = asFields(block["chart"]);
  const categories = asList(asFields(axis_config)["categories"]);
  const lines = asList(series).map(asFields);
  const complete = lines.every(({ data }) => {
    const labels = new Set(asList(data).map((point) => asFields(point)["label"]));
    return labels.size === categories.length && categories.every((name) => labels.has(name));
  });
  const named = new Set(lines.map(({ name }) => name)).size === lines.length;
  if (complete && named) return [];
  const message = complete ? "series names must be unique" : "labels must match the categories";
  return [problem("invalid_value", message, `${at}/chart/series`)];
}

function checkColumns(block: Block, at: string): Problem[] {
  if (block.type !== "data_table") return [];
  const widths = new Set(asList(block["rows"]).map((row) => asList(row).length));
  if (widths.size <= 1) return [];
  return [problem("invalid_value", "all rows must have the same number of cells", `${at}/rows`)];
}

function checkRepeats(list: Block[], at: string): Problem[] {
  const seen = new Set<unknown>();
  const found: Problem[] = [];
  for (const [n, block] of list.entries()) {
    const id = block["block_id"];
    if (id !== undefined && seen.has(id)) {
      found.push(
        problem("duplicate", `block_id already exists: ${String(id)}`, `${at}/${n}/block_id`),
      );
    }
    seen.add(id);
    found.push(...repeatedActions(block, `${at}/${n}`));
  }
  return found;
}

function repeatedActions(block: Block, at: string): Problem[] {
  const ids = interactiveElements([block])
    .filter(({ block: holder }) => holder === block)
    .map(({ element }) => element["action_id"])
    .filter((id) => id !== undefined);
  return ids
    .filter((id, n) => ids.indexOf(id) !== n)
    .map((id) => problem("duplicate", `action_id already exists: ${String(id)}`, at));
}

/** Limits that hold for all blocks of a message together. */
function checkTotals(list: Block[], at: string): Problem[] {
  const of = (...types: string[]) => list.filter(({ type }) => types.includes(type));
  const found: Problem[] = [];
  if (of("table").length > 1) {
    found.push(problem("too_many_items", "only one table allowed", at, 1));
  }
  if (of("data_visualization").length > 2) {
    found.push(
      problem("too_many_items", "no more than 2 data_visualization blocks allowed", at, 2),
    );
  }
  if (letters(of("markdown").map((block) => block["text"])) > markdownMost) {
    const message = `markdown text must be less than ${markdownMost + 1} characters`;
    found.push(problem("too_long", message, at, markdownMost));
  }
  if (letters(of("table", "data_table").map((block) => block["rows"])) > tableMost) {
    const message = `table text must be less than ${tableMost + 1} characters`;
    found.push(problem("too_long", message, at, tableMost));
  }
  return found;
}

/** The characters of every text inside, the names of types left out. */
function letters(value: unknown): number {
  if (typeof value === "string") return value.length;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + letters(item), 0);
  if (!isFields(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [name, member]) => sum + (name === "type" ? 0 : letters(member)),
    0,
  );
}
