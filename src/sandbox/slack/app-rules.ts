import type { AppSettings, Command } from "./settings.ts";

/** Events that Slack lets an app subscribe to only with one of these scopes. */
const eventScopes = new Map([
  ["app_mention", ["app_mentions:read"]],
  ["member_joined_channel", ["channels:read", "groups:read"]],
  ["message.channels", ["channels:history"]],
  ["message.groups", ["groups:history"]],
  ["message.im", ["im:history"]],
]);

const mostCommands = 50;
const longestCommand = 32;
const longestDescription = 2000;
const longestHint = 1000;

/** Throws, with every reason, for an app whose manifest Slack would not take. */
export function assertInstallable({ commands, scopes, events }: AppSettings): void {
  const wrong = [
    ...events.flatMap((event) => missingScope(event, scopes)),
    ...(commands.length > 0 && !scopes.includes("commands")
      ? ["Slash commands need the scope commands."]
      : []),
    ...(commands.length > mostCommands ? [`At most ${mostCommands} commands are allowed.`] : []),
    ...commands.flatMap(wrongIn),
  ];
  if (wrong.length > 0) throw new Error(`Slack would not install this app. ${wrong.join(" ")}`);
}

function missingScope(event: string, scopes: string[]): string[] {
  const needed = eventScopes.get(event);
  if (!needed || needed.some((scope) => scopes.includes(scope))) return [];
  return [`The event ${event} needs the scope ${needed.join(" or ")}.`];
}

function wrongIn({ command, description, usage_hint }: Command): string[] {
  const wrong: string[] = [];
  if (!/^\/[^\s/]+$/.test(command) || command.length > longestCommand) {
    wrong.push(`${command} is not a command: "/", then at most ${longestCommand - 1} characters.`);
  }
  if (description === "" || description.length > longestDescription) {
    wrong.push(`${command} needs a description of at most ${longestDescription} characters.`);
  }
  if (usage_hint.length > longestHint) {
    wrong.push(`The usage hint of ${command} is longer than ${longestHint} characters.`);
  }
  return wrong;
}
