import type { Block, TextInput } from "./blocks/model.ts";
import { collectValues, isEmpty, statefulIn, type Drafts } from "./values.ts";

/** What Slack itself would refuse before it asks the app: block id to a sentence. */
export function problemsIn(
  blocks: Block[],
  drafts: Drafts,
  here: string | undefined,
): Record<string, string> {
  const values = collectValues(blocks, drafts, here);
  const problems: Record<string, string> = {};
  for (const { blockId, element, input } of statefulIn(blocks)) {
    const value = values[blockId]?.[element.action_id];
    if (!input || !value) continue;
    if (isEmpty(value)) {
      if (!input.optional) problems[blockId] = "Please complete this required field.";
      continue;
    }
    const problem = isText(element) ? textProblem(element, value.value ?? "") : undefined;
    if (problem) problems[blockId] = problem;
  }
  return problems;
}

const isText = (element: { type: string }): element is TextInput =>
  ["plain_text_input", "email_text_input", "url_text_input", "number_input"].includes(element.type);

function textProblem(input: TextInput, text: string): string | undefined {
  const { min_length: least = 0, max_length: most = Infinity } = input;
  if (text.length < least) return `Please write at least ${least} characters.`;
  if (text.length > most) return `Please write at most ${most} characters.`;
  if (input.type === "email_text_input" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text))
    return "Please enter an email address, like name@example.com.";
  if (input.type === "url_text_input" && !URL.canParse(text))
    return "Please enter a whole address, like https://example.com.";
  return input.type === "number_input" ? numberProblem(input, text) : undefined;
}

function numberProblem(input: TextInput, text: string): string | undefined {
  const number = Number(text.trim());
  if (text.trim() === "" || !Number.isFinite(number)) return "Please enter a number.";
  if (!input.is_decimal_allowed && !Number.isInteger(number)) return "Please enter a whole number.";
  if (input.min_value !== undefined && number < Number(input.min_value))
    return `Please enter ${input.min_value} or more.`;
  if (input.max_value !== undefined && number > Number(input.max_value))
    return `Please enter ${input.max_value} or less.`;
  return undefined;
}
