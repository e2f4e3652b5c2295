import { Mistake } from "#domain/errors.ts";
import type { Log } from "#domain/ports/world.ts";
import type { At } from "../at.ts";
import { actions, button, section } from "../blocks.ts";
import { explain } from "../explain.ts";
import { toAsker, type Modal, type Reply } from "../message.ts";
import { mrkdwn } from "../text/markup.ts";
import type { Command, Verb } from "./command.ts";
import { help, missingHelp, overview } from "./help.ts";
import { parse, type Parsed } from "./parse.ts";
import { looksLikeSecret } from "./secret.ts";

/** What to do with a line. Known at once, so that a modal can be opened before anything is looked up. */
export type Plan =
  | { kind: "opens"; title: string; line: string; fill(at: At): Promise<Modal> }
  | { kind: "answers"; reply(at: At): Promise<Reply> };

export type Kit = { commands: readonly Command[]; log: Log };

export function plan(command: Command, text: string, { commands, log }: Kit): Plan {
  if (looksLikeSecret(text)) return { kind: "answers", reply: () => Promise.resolve(secretReply) };
  const parsed = parse(command, text);
  switch (parsed.kind) {
    case "help":
      return answers({
        kind: "private",
        message: command.helpsWithAll ? overview(commands, command) : help(command),
      });
    case "unknown":
      return answers(unknown(command, parsed));
    case "verb":
      return planVerb(command, parsed, log);
    default:
      return parsed satisfies never;
  }
}

const answers = (reply: Reply): Plan => ({ kind: "answers", reply: () => Promise.resolve(reply) });

function planVerb(
  command: Command,
  { verb, args, missing }: Extract<Parsed, { kind: "verb" }>,
  log: Log,
): Plan {
  const { form } = verb;
  const line = [command.name, verb.verb, ...Object.values(args)].join(" ");
  if (form && (form.always || missing.length > 0))
    return { kind: "opens", title: form.title, line, fill: (at) => form.fill(args, at) };
  if (missing.length > 0)
    return answers({
      kind: "private",
      message: missingHelp(
        command,
        verb,
        missing.map(({ label }) => label),
      ),
    });
  return {
    kind: "answers",
    reply: (at) =>
      verb.run(args, at).catch((error: unknown): Reply => {
        const instead = nearestLine(command, verb, args, error);
        return { kind: "private", message: explain(error, log, instead) };
      }),
  };
}

/** The same line with the name that does exist. */
function nearestLine(
  command: Command,
  verb: Verb,
  args: Record<string, string>,
  error: unknown,
): string | undefined {
  if (!(error instanceof Mistake) || error.nearest === null) return undefined;
  const wrong = Object.keys(args).find((name) => verb.params[name]?.takes === "name");
  if (wrong === undefined) return undefined;
  const corrected = { ...args, [wrong]: error.nearest };
  return [command.name, verb.verb, ...Object.values(corrected)].join(" ");
}

function unknown(
  command: Command,
  { word, nearest }: { word: string; nearest: string | null },
): Reply {
  const asked = mrkdwn`${command.name} has no “${word}”.`;
  if (nearest === null)
    return toAsker([
      section(mrkdwn`${asked} Type \`${command.name}\` alone to see all it can do.`),
      actions(button("Show me", "command.run", `${command.name} help`)),
    ]);
  return toAsker([
    section(mrkdwn`${asked} Did you mean \`${nearest}\`?`),
    actions(button(nearest, "command.run", nearest, { style: "primary" })),
  ]);
}

const secretReply: Reply = toAsker([
  section(
    mrkdwn`That looks like a key or a token, so I did not read it any further and kept nothing of it. It has passed through Slack, so please rotate it. A credential is given on a one-time page: \`/connector add\` leads there.`,
  ),
]);
