import { actions, button, context, section } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { lines, mrkdwn, type Markup } from "../text/markup.ts";
import { argumentsText, type Command, type Verb } from "./command.ts";

const usage = (command: Command, verb: Verb): string =>
  `${command.name} ${verb.verb} ${argumentsText(verb)}`.trim();

/** Every verb of a command with a true example. */
export const help = (command: Command): Message =>
  message([
    section(mrkdwn`*${command.name}*  ${command.about}`),
    section(verbLines(command)),
    context(mrkdwn`Words may stand in any order. In a thread, mention me with the same words.`),
  ]);

const verbLines = (command: Command): Markup =>
  lines(
    ...command.verbs.map(
      (verb) =>
        mrkdwn`*${usage(command, verb)}*\n${verb.summary}  \`${command.name} ${verb.example}\``,
    ),
  );

/** What each command is for, and which one to look at next. */
export const overview = (commands: readonly Command[], own?: Command): Message =>
  message([
    section(mrkdwn`*Tieline*  Runs the integrations between your tools.`),
    section(
      lines(
        ...commands.map(
          (command) => mrkdwn`*${command.name}*  ${command.about}\n${verbsOf(command)}`,
        ),
      ),
    ),
    ...(own ? [section(verbLines(own))] : []),
    actions(
      button("Flows", "command.run", "/sync list", { style: "primary" }),
      button("What needs a hand", "command.run", "/dlq list"),
      button("Connections", "command.run", "/connector list"),
    ),
    context(mrkdwn`Type a command alone to see all it can do, each with an example.`),
  ]);

const verbsOf = (command: Command): string =>
  [...command.verbs.map(({ verb }) => verb), "help"].join(", ");

/** A needed word is missing and there is no form for it. */
export const missingHelp = (command: Command, verb: Verb, labels: readonly string[]): Message =>
  message([
    section(
      mrkdwn`\`${command.name} ${verb.verb}\` also needs ${labels.join(" and ")}, such as \`${command.name} ${verb.example}\`.`,
    ),
  ]);
