import { asList, isBlock, isFields, type Block } from "./fields.ts";
import { newBlockId } from "./names.ts";

const interactive =
  /^(button|icon_button|feedback_buttons|workflow_button|overflow|checkboxes|radio_buttons|.*_select|.*picker|.*_input)$/;

/** The blocks with the `block_id`s and `action_id`s that Slack gives where the app gave none. */
export function withIds(blocks: Block[]): Block[] {
  return blocks.map((block) => {
    const named: Block = { block_id: newBlockId(), ...block };
    if (block.type === "carousel") named["elements"] = withIds(cards(block).filter(isBlock));
    else if (Array.isArray(named["elements"])) {
      named["elements"] = named["elements"].map(withActionId);
    }
    if (Array.isArray(named["actions"])) named["actions"] = named["actions"].map(withActionId);
    if (isFields(named["accessory"])) named["accessory"] = withActionId(named["accessory"]);
    if (isFields(named["element"])) named["element"] = withActionId(named["element"]);
    if (Array.isArray(named["child_blocks"])) {
      named["child_blocks"] = withIds(named["child_blocks"].filter(isBlock));
    }
    return named;
  });
}

/** Every element that a person can use, with the block it stands in, nested blocks included. */
export function interactiveElements(blocks: Block[]): { block: Block; element: Block }[] {
  return blocks.flatMap((block) => {
    const inside = [
      ...asList(block["elements"]),
      ...asList(block["actions"]),
      block["accessory"],
      block["element"],
    ];
    const nested = [...asList(block["child_blocks"]), ...cards(block)].filter(isBlock);
    return [
      ...inside.filter(isInteractive).map((element) => ({ block, element })),
      ...interactiveElements(nested),
    ];
  });
}

const cards = (block: Block) => (block.type === "carousel" ? asList(block["elements"]) : []);

function isInteractive(value: unknown): value is Block {
  return isBlock(value) && interactive.test(value.type);
}

function withActionId(element: unknown): unknown {
  return isInteractive(element) ? { action_id: newBlockId(), ...element } : element;
}
