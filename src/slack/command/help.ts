import { actions, button, context, section } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { lines, md, type Markup } from "../text/markup.ts";
import { argumentsText, type Command, type Verb } from "./command.ts";

const usage = (command: Command, verb: Verb): string =>
  `${command.name} ${verb.verb} ${argumentsText(verb)}`.trim();

/** Every verb of a command with a true example. */
export const help = (command: Command): Message =>
  message([
    section(md`*${command.name}*  ${command.about}`),
    section(verbLines(command)),
    context(md`
Words may stand in any order. In a thread, mention me with the same words.
    `),
  ]);

const verbLines = (command: Command): Markup =>
  lines(
    ...command.verbs.map(
      (verb) => md`*${usage(command, verb)}*\n${verb.summary}  \`${command.name} ${verb.example}\``,
    ),
  );

/** What each command is for, and which one to look at next. */
export const overview = (commands: readonly Command[], own?: Command): Message =>
  message([
    section(md`
_Tieline_ Runs the integrations between your tools.
    `),
    section(
      lines(
        ...commands.map((command) => md`*${command.name}*  ${command.about}\n${verbsOf(command)}`),
      ),
    ),
    ...(own ? [section(verbLines(own))] : []),
    actions(
      button("Flows", "command.run", "/sync list", { style: "primary" }),
      button("What needs a hand", "command.run", "/dlq list"),
      button("Connections", "command.run", "/connector list"),
    ),
    context(md`
Type a command alone to see all it can do, each with an example.
    `),
  ]);

const verbsOf = (command: Command): string =>
  [...command.verbs.map(({ verb }) => verb), "help"].join(", ");

/** A needed word is missing and there is no form for it. */
export const missingHelp = (command: Command, verb: Verb, labels: readonly string[]): Message =>
  message([
    section(
      md`\`${command.name} ${verb.verb}\` also needs ${labels.join(" and ")}, such as \`${command.name} ${verb.example}\`.`,
    ),
  ]);
