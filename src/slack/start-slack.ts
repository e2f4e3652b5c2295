import type { RequestListener } from "node:http";
import { Mistake, SignInAgain } from "#domain/errors.ts";
import type { Incidents } from "#domain/ports/incidents.ts";
import type { Outbox, Posts, Subject } from "#domain/ports/outbox.ts";
import type { Groups } from "#domain/ports/people.ts";
import type { SettingsStore } from "#domain/ports/settings.ts";
import type { Clock, Log } from "#domain/ports/world.ts";
import type { Perform } from "#operations/contract.ts";
import { App, webApi } from "@slack/bolt";
import { allActions } from "./actions/index.ts";
import { boltLogger } from "./bolt/bolt-log.ts";
import { listenForClicks } from "./bolt/clicks.ts";
import { listenForCommands } from "./bolt/commands.ts";
import { listenForForms } from "./bolt/forms.ts";
import { listenForHome } from "./bolt/home.ts";
import { makeTransport } from "./bolt/transport.ts";
import type { Wiring } from "./bolt/wiring.ts";
import { drawPicture } from "./chart/draw.ts";
import { makePictures } from "./chart/pictures.ts";
import { asking, slackApi } from "./client.ts";
import { loadCommands } from "./command/load.ts";
import { makeDoor } from "./door.ts";
import { makeReadFile, type Download } from "./files.ts";
import { makeGroups } from "./groups.ts";
import { makeOnce } from "./once.ts";
import { makeOutboxSender, type OutboxSender } from "./outbox/sender.ts";

export type SlackConfig = {
  botToken: string;
  /** With it, Socket Mode. */
  appToken: string | null;
  /** With it and no app token, signed HTTP. */
  signingSecret: string | null;
  /** Instead of Slack's own: the sandbox. */
  apiUrl: string | null;
};

export type SlackSetup = {
  config: SlackConfig;
  perform: Perform;
  outbox: Outbox;
  posts: Posts;
  /** What happened to an incident, for its thread. */
  incidents: Pick<Incidents, "history">;
  settings: Pick<SettingsStore, "get">;
  clock: Clock;
  log: Log;
  /** Aborted when the process ends. */
  closing: AbortSignal;
  commandsFolder: string;
  /** For what people hand in. */
  download: Download;
  /** Has a subject told soon; the outbox's own `tell` and whatever starts the sender. */
  tell(subject: Subject): Promise<void>;
};

export type Slack = AsyncDisposable & {
  /** Tells Slack what waits in the outbox. */
  sender: OutboxSender;
  groups: Groups;
  connected(): boolean;
  /** What people call this user; the id where Slack does not say. */
  nameOf(user: string): Promise<string>;
  /** The workspace we are in; null until Slack has said so. */
  team(): string | null;
  /** HTTP only: to be mounted at `/slack/events`. Socket Mode has none. */
  requestListener: RequestListener | null;
};

/** Retries are the outbox's business; a person who waits is told within seconds. */
const patience = { retries: 1, factor: 1, minTimeout: 300, maxTimeout: 500 };

/**
 * The bot in Slack, by Socket Mode or by HTTP. Comes up also while Slack is away and connects when it
 * is back. @throws Mistake when Slack does not accept the tokens
 */
export async function startSlack(setup: SlackSetup): Promise<Slack> {
  const { config, perform, clock, log } = setup;
  const now = () => clock.now();
  const url = config.apiUrl === null ? {} : { slackApiUrl: config.apiUrl };
  const clientOptions = {
    ...url,
    retryConfig: patience,
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    timeout: 20_000,
    logger: boltLogger(log),
  };
  const client = new webApi.WebClient(config.botToken, clientOptions);
  // The address a file is sent to is one that Slack has just given; nothing else uses this client.
  const uploads = new webApi.WebClient(config.botToken, {
    ...clientOptions,
    allowAbsoluteUrls: true,
  });

  const transport = makeTransport(config, clientOptions, now, log);
  const identity = { team: "", botId: "", botUserId: "" };
  const app = new App({
    receiver: transport.receiver,
    authorize: () => Promise.resolve({ botToken: config.botToken, ...identity }),
    clientOptions,
    logger: boltLogger(log),
    convoStore: false,
  });
  app.error((error) => {
    log.error("a listener failed", { error: String(error) });
    return Promise.resolve();
  });

  const api = slackApi(client, uploads);
  const pictures = makePictures(api, drawPicture, log);
  const wiring: Wiring = {
    client,
    api,
    perform,
    pictures,
    readFile: makeReadFile(client, config.botToken, setup.download),
    clock,
    log,
    commands: await loadCommands(setup.commandsFolder),
    door: makeDoor(client, () => identity.team, now),
    tell: setup.tell,
    once: makeOnce(now),
  };
  const { actions, forms } = allActions(wiring.commands, log);
  listenForCommands(app, wiring);
  listenForClicks(app, wiring, actions);
  listenForForms(app, wiring, forms);
  listenForHome(app, wiring);

  const connection = await transport.connect(async () => {
    const me = await asking(() => client.auth.test()).catch((error: unknown) => {
      if (!(error instanceof SignInAgain)) throw error;
      throw new Mistake(`Slack does not accept SLACK_BOT_TOKEN. ${error.message}`);
    });
    identity.team = me.team_id ?? "";
    identity.botId = me.bot_id ?? "";
    identity.botUserId = me.user_id ?? "";
  });

  return {
    sender: makeOutboxSender({ ...setup, api, pictures }),
    groups: makeGroups(client, now, log),
    connected: connection.connected,
    nameOf: (user) =>
      client.users.info({ user }).then(
        (found) => found.user?.real_name ?? user,
        () => user,
      ),
    team: () => identity.team || null,
    requestListener: transport.requestListener,
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  };
}
