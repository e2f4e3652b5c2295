import { SlackRefusal } from "./refusal.ts";

/** One thing wrong with blocks or a view, in the members of `blocks.validate`'s answer. */
export type Problem = {
  code: string;
  message: string;
  field: string;
  pointer: string;
  constraint: string | number | null;
};

/** Refuses with all problems at once, as Slack does; `under` is where the pointers begin. */
export function refuse(error: string, problems: Problem[], under: string): never {
  const messages = problems.map(
    ({ message, pointer }) => `[ERROR] ${message} [json-pointer:${under}${pointer}]`,
  );
  throw new SlackRefusal(error, { errors: problems, response_metadata: { messages } });
}
