import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import type { Subject } from "#domain/ports/outbox.ts";
import type { Log } from "#domain/ports/world.ts";
import { startSlack as startSandbox, type SlackOptions } from "#sandbox/slack/start-slack.ts";
import { startSlack, type Slack } from "#slack/start-slack.ts";
import { loadCommands } from "#slack/command/load.ts";
import { usageHint } from "#slack/command/command.ts";
import { memoryOutbox } from "../../support/memory/outbox.ts";
import { inMemoryPosts } from "./outbox.ts";
import { openSlackFiles } from "../../../src/slack-files.ts";
import { performing, type Answers, type Performed } from "./answers.ts";
import { personAt } from "../../support/person.ts";

export const commandsFolder = fileURLToPath(new URL("../../../commands", import.meta.url));

export type Room = AsyncDisposable & {
  slack: Slack;
  person: ReturnType<typeof personAt>;
  performed: Performed[];
  logged: string[];
  tell(subject: Subject): Promise<void>;
  page: string;
  signingSecret: string;
  control(levers: Record<string, unknown>): Promise<void>;
};

/** The real Bolt app in a simulated workspace, with somebody at the keyboard. */
export async function openRoom(
  answers: Answers,
  { by = "socket", ...options }: Partial<SlackOptions> & { by?: "socket" | "http" } = {},
): Promise<Room> {
  const commands = await loadCommands(commandsFolder);
  const sandbox = await startSandbox({
    folder: null,
    app: {
      name: "Tieline",
      commands: commands.map((command) => ({
        command: command.name,
        description: command.about,
        usage_hint: usageHint(command),
        should_escape: true,
      })),
      scopes: [
        "commands",
        "chat:write",
        "app_mentions:read",
        "files:write",
        "files:read",
        "users:read",
        "usergroups:read",
      ],
      events: ["app_mention", "app_home_opened"],
    },
    limits: { messagesPerSecond: Infinity, tiers: false },
    ...options,
  });
  const { perform, performed } = performing(answers);
  const outbox = memoryOutbox({ outbox: [], told: [] });
  const logged: string[] = [];
  const note = (message: string, about?: Record<string, unknown>) =>
    void logged.push(`${message} ${JSON.stringify(about ?? {})}`);
  const log: Log = { info: note, warn: note, error: note };
  const tell = async (subject: Subject): Promise<void> => {
    await outbox.tell(subject);
    await slack.sender.send();
  };

  const files = openSlackFiles(sandbox.api_url, { loopback: true, cidrs: [] });
  const slack: Slack = await startSlack({
    config: {
      botToken: sandbox.bot_token,
      appToken: by === "socket" ? sandbox.app_token : null,
      signingSecret: by === "http" ? sandbox.signing_secret : null,
      apiUrl: sandbox.api_url,
    },
    perform,
    outbox,
    posts: inMemoryPosts(),
    incidents: { history: () => Promise.resolve([]) },
    settings: {
      get: () =>
        Promise.resolve({
          channel: "#integrations",
          digest: { on: true, channel: null, time: "08:00", zone: "Europe/Paris" },
        }),
    },
    clock: {
      now: () => Temporal.Now.instant(),
      elapsed: () => performance.now(),
      sleep: (ms, signal) => sleep(ms, undefined, { signal }),
    },
    log,
    closing: new AbortController().signal,
    commandsFolder,
    download: files.download,
    tell,
  });

  return {
    slack,
    person: personAt(sandbox.url),
    performed,
    logged,
    tell,
    page: sandbox.url,
    signingSecret: sandbox.signing_secret,
    async control(levers) {
      await fetch(`${sandbox.url}/_control`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(levers),
      });
    },
    async [Symbol.asyncDispose]() {
      await slack[Symbol.asyncDispose]();
      await files[Symbol.asyncDispose]();
      await sandbox[Symbol.asyncDispose]();
    },
  };
}
