import type { LetterBytes } from "#operations/contract.ts";
import { context } from "../blocks.ts";
import type { Modal } from "../message.ts";
import { many } from "../text/amount.ts";
import { mrkdwn } from "../text/markup.ts";
import { code } from "./code.ts";
import { notice } from "./notice.ts";

/** A record byte for byte, as its tool sent it; what nobody could see is written as an escape. */
export const asSent = ({ text, bytes, shown }: LetterBytes): Modal =>
  notice("As it was sent", [
    ...code(text === "" ? "(nothing)" : text),
    context(
      shown < bytes
        ? mrkdwn`The first ${many(shown, "byte")} of ${many(bytes, "byte")}.`
        : mrkdwn`${many(bytes, "byte")}, as they came from the tool.`,
    ),
  ]);
