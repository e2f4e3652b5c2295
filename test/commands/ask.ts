import { fileURLToPath } from "node:url";
import type { Subject } from "#domain/ports/outbox.ts";
import type { Log } from "#domain/ports/world.ts";
import { actionOf } from "#slack/blocks.ts";
import { doAs, type At } from "#slack/at.ts";
import { loadCommands } from "#slack/command/load.ts";
import { plan } from "#slack/command/plan.ts";
import { spoken } from "#slack/command/spoken.ts";
import { modalView, type Message, type Modal } from "#slack/message.ts";
import { performing, type Answers, type Performed } from "../slack/support/answers.ts";
import { expectGoodMessage, expectGoodModal } from "../slack/support/limits.ts";
import { now } from "../slack/support/samples.ts";

export const commands = await loadCommands(
  fileURLToPath(new URL("../../commands", import.meta.url)),
);

export type Answered = {
  /** All that is said, as a screen reader would have it. */
  text: string;
  seenBy: "asker" | "everybody" | "nobody";
  message: Message | null;
  modal: Modal | null;
  /** What each button or input does: `action_id value`. */
  buttons: string[];
  performed: Performed[];
  told: Subject[];
  logged: string[];
};

/** Types a line as a person would, and reads what comes back. Every answer must be one Slack takes. */
export async function ask(line: string, answers: Answers = {}): Promise<Answered> {
  const { perform, performed } = performing(answers);
  const told: Subject[] = [];
  const logged: string[] = [];
  const note = (message: string, about?: object) =>
    void logged.push(`${message} ${JSON.stringify(about ?? {})}`);
  const log: Log = { info: note, warn: note, error: note };
  const actor = { kind: "slack", team: "T024BE7LD", user: "U024BE7LH" } as const;
  const at: At = {
    actor,
    do: doAs(perform, actor),
    channel: "C024BE8LT",
    now: () => now,
    pause: () => Promise.resolve(),
    file: () => Promise.reject(new Error("no file is handed in with a line")),
    canvas: () => Promise.reject(new Error("no canvas is made by a line")),
    tell: async (subject) => void told.push(subject),
  };
  const meant = spoken(commands, line);
  if (!meant) throw new Error(`${line} is not for any command.`);

  const planned = plan(meant.command, meant.text, { commands, log });
  const about = { performed, told, logged };
  if (planned.kind === "opens") {
    const modal = await planned.fill(at);
    expectGoodModal(modal);
    const text = JSON.stringify(modalView(modal));
    return {
      text,
      seenBy: "asker",
      message: null,
      modal,
      buttons: buttonsIn(modal.blocks),
      ...about,
    };
  }
  const reply = await planned.reply(at);
  if (reply.kind === "nothing" || reply.kind === "modal")
    return { text: "", seenBy: "nobody", message: null, modal: null, buttons: [], ...about };
  expectGoodMessage(reply.message);
  const { message } = reply;
  const seenBy = reply.kind === "private" ? "asker" : "everybody";
  return {
    text: message.text,
    seenBy,
    message,
    modal: null,
    buttons: buttonsIn(message.blocks),
    ...about,
  };
}

export function buttonsIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(buttonsIn);
  if (typeof node !== "object" || node === null) return [];
  const one = node as Record<string, unknown>;
  const own =
    typeof one["action_id"] === "string"
      ? [`${actionOf(one["action_id"])} ${String(one["value"] ?? "")}`.trim()]
      : [];
  return [...own, ...Object.values(one).flatMap(buttonsIn)];
}
