import { asFields, asList, isFields, type Block, type Fields } from "./fields.ts";
import { extension } from "./files.ts";
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
      : type === "file_input"
        ? wrongFiles(asList(value).map(asFields), element)
        : wrongValue(type, String(value), element);
    if (error !== undefined) errors[id] = error;
  }
  return errors;
}

const isEmpty = (value: unknown) =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length);

function wrongFiles(files: Fields[], { max_files, filetypes }: Fields): string | undefined {
  const most = typeof max_files === "number" ? max_files : 10;
  if (files.length > most)
    return `Please choose at most ${most === 1 ? "one file" : `${most} files`}.`;
  const types = asList(filetypes).map(String);
  const fits = ({ name }: Fields) => types.length === 0 || types.includes(extension(String(name)));
  return files.every(fits)
    ? undefined
    : `Please choose a file of these types: ${types.join(", ")}.`;
}

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
