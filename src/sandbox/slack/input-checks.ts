import { asFields, isFields, type Block, type Fields } from "./fields.ts";
import { valueMember, type StateValues } from "./state-values.ts";

/** What Slack itself says of the inputs before it asks the app: block id to message. */
export function checkInputs(blocks: Block[], values: StateValues): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of blocks) {
    const element = block["element"];
    if (block.type !== "input" || !isFields(element)) continue;
    const id = String(block["block_id"]);
    const type = String(element["type"]);
    const state = asFields(values[id]?.[String(element["action_id"])]);
    const value = state[valueMember(type) ?? "value"];
    const error = isEmpty(value)
      ? block["optional"] === true
        ? undefined
        : "Please complete this required field."
      : wrongValue(type, String(value), element);
    if (error !== undefined) errors[id] = error;
  }
  return errors;
}

const isEmpty = (value: unknown) =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length);

function wrongValue(type: string, value: string, element: Fields): string | undefined {
  switch (type) {
    case "plain_text_input":
      return wrongLength(value.length, element);
    case "number_input":
      return wrongNumber(value, element);
    case "email_text_input":
      return /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value)
        ? undefined
        : "Please enter a valid email address.";
    case "url_text_input":
      return URL.canParse(value) ? undefined : "Please enter a valid URL.";
    default:
      return undefined;
  }
}

function wrongLength(length: number, { min_length, max_length }: Fields): string | undefined {
  if (typeof min_length === "number" && length < min_length) {
    return `Please use at least ${min_length} characters.`;
  }
  return typeof max_length === "number" && length > max_length
    ? `Please use at most ${max_length} characters.`
    : undefined;
}

function wrongNumber(value: string, element: Fields): string | undefined {
  const { is_decimal_allowed, min_value, max_value } = element;
  const pattern = is_decimal_allowed === true ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  if (!pattern.test(value)) {
    return is_decimal_allowed === true ? "Please enter a number." : "Please enter a whole number.";
  }
  if (min_value !== undefined && Number(value) < Number(min_value)) {
    return `Please enter ${String(min_value)} or more.`;
  }
  return max_value !== undefined && Number(value) > Number(max_value)
    ? `Please enter ${String(max_value)} or less.`
    : undefined;
}
