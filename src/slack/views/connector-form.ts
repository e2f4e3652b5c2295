import type { ManifestProblem } from "#domain/ports/connector-facts.ts";
import type { ApprovalView } from "#operations/contract.ts";
import { context, input, plain, section } from "../blocks.ts";
import type { Modal } from "../message.ts";
import { mrkdwn } from "../text/markup.ts";
import { askedOf } from "./approvers.ts";
import { reviewBlocks } from "./connector-review.ts";
import { problemBlocks } from "./manifest-problems.ts";

export const registerTitle = "Register a connector";

/** A file that was handed in stays in its input; another round has another one, empty. */
export const fileBlock = (round: number): string => `file:${round}`;

/** Slack takes no more in one input. */
const longestPaste = 3000;

/** Where a manifest is handed in; after a refusal with what is wrong in it. */
export const registerForm = (
  round = 1,
  refused?: { problems: readonly ManifestProblem[]; text: string },
): Modal => ({
  form: "connector.register",
  title: registerTitle,
  submit: "Check",
  close: "Cancel",
  meta: { round },
  blocks: [
    ...(refused
      ? problemBlocks(refused.problems, refused.text)
      : [
          section(
            mrkdwn`A connector is one YAML file, its manifest, that says how to talk to a tool. It is checked first; then you see what it could do, and another admin is asked. Nothing is used before.`,
          ),
        ]),
    input(
      fileBlock(round),
      "Manifest",
      { type: "file_input", action_id: "value", filetypes: ["yaml", "yml"], max_files: 1 },
      { hint: "A .yaml file of at most 64 KB.", optional: true },
    ),
    input(
      "text",
      "Or its text",
      { type: "plain_text_input", action_id: "value", multiline: true, max_length: longestPaste },
      { hint: "Slack takes 3,000 characters here; a longer one goes as a file.", optional: true },
    ),
    input(
      "note",
      "Note",
      {
        type: "plain_text_input",
        action_id: "value",
        max_length: 200,
        placeholder: plain("What it is for, or what is different", 150),
      },
      { optional: true },
    ),
    context(mrkdwn`Never a key or a password: those are given later, on a one-time page.`),
  ],
});

/** What it could do, before anybody is asked. */
export const reviewForm = (draft: ApprovalView): Modal => ({
  form: "connector.ask",
  title: registerTitle,
  submit: "Ask for approval",
  close: "Cancel",
  meta: { approval: draft.approval.id, hash: draft.approval.hash },
  blocks: [...reviewBlocks(draft.about), section(askedOf(draft))],
});
