import type { InputBlock } from "@slack/types";
import { input } from "../../blocks.ts";

/** An input of one line. */
export const lineInput = (
  block: string,
  label: string,
  initial: string,
  about: { hint: string; optional?: boolean },
): InputBlock =>
  input(
    block,
    label,
    {
      type: "plain_text_input",
      action_id: "value",
      max_length: 500,
      ...(initial === "" ? {} : { initial_value: initial }),
    },
    about,
  );
