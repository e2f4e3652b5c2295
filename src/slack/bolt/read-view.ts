import type { types } from "@slack/bolt";
import { z } from "zod";
import type { Values } from "../actions/action.ts";
import type { Meta } from "../message.ts";

const Metadata = z.record(z.string(), z.union([z.string(), z.number()]));

/** What a view of ours was made with; nothing where it is not one of ours. */
export function metaOf(privateMetadata: string): Meta {
  try {
    return Metadata.parse(JSON.parse(privateMetadata));
  } catch {
    return {};
  }
}

const Input = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
  selected_conversation: z.string().nullish(),
  selected_channel: z.string().nullish(),
  selected_user: z.string().nullish(),
  selected_time: z.string().nullish(),
  files: z.array(z.object({ id: z.string() })).nullish(),
});

/** The value of each input by its block id, of a file its id, of several with commas; an empty input is "". */
export function valuesOf(state: unknown): Values {
  const blocks = z.record(z.string(), z.record(z.string(), z.unknown())).safeParse(state);
  if (!blocks.success) return {};
  return Object.fromEntries(
    Object.entries(blocks.data).map(([block, actions]) => [
      block,
      valueOf(Object.values(actions)[0]),
    ]),
  );
}

function valueOf(input: unknown): string {
  const parsed = Input.safeParse(input);
  if (!parsed.success) return "";
  const {
    value,
    selected_option,
    selected_options,
    selected_conversation,
    selected_channel,
    selected_user,
    selected_time,
    files,
  } = parsed.data;
  const given = [
    value,
    selected_option?.value,
    selected_options?.map((option) => option.value).join(","),
    selected_conversation,
    selected_channel,
    selected_user,
    selected_time,
    files?.[0]?.id,
  ];
  return given.find((one) => typeof one === "string") ?? "";
}

/** The same blocks with what was typed in them, to be shown again after a while. */
export const withTyped = (
  blocks: readonly types.KnownBlock[],
  values: Values,
): types.KnownBlock[] =>
  blocks.map((block) => {
    const typed = block.type === "input" && block.block_id ? values[block.block_id] : undefined;
    if (block.type !== "input" || !typed || block.element.type !== "plain_text_input") return block;
    return { ...block, element: { ...block.element, initial_value: typed } };
  });
