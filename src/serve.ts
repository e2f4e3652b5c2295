import { readFile } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { join } from "node:path";
import { chooseSettings } from "#operations/connections/choose.ts";
import { lookAtInvitation, redeemInvitation } from "#operations/connections/invitation.ts";
import { beginSignIn, finishSignIn } from "#operations/connections/sign-in.ts";
import { openReception } from "#operations/hooks/reception.ts";
import { sampleEvents, subscribe, unsubscribe } from "#operations/hooks/subscribe.ts";
import { firstWorkspace, sandboxVariables } from "#sandbox/first-workspace.ts";
import {
  startSandbox,
  toolNames,
  type Sandbox,
  type Simulated,
  type ToolName,
} from "#sandbox/sandbox.ts";
import type { Download } from "#slack/files.ts";
import { startSlack, type Slack } from "#slack/start-slack.ts";
import { browserMark } from "#web/browser-mark.ts";
import { healthRoute, metricsRoute } from "#web/health.ts";
import { invitationRoutes, type InvitationDesk } from "#web/invitation-page.ts";
import { oauthRoute } from "#web/oauth.ts";
import { doorPath, hookDoor, paceOf } from "#web/hooks/door.ts";
import { openWeb, type Mount } from "#web/server.ts";
import { Mistake } from "#domain/errors.ts";
import type { AppPlace, Client } from "#domain/ports/sign-in.ts";
import type { Log } from "#domain/ports/world.ts";
import type { Config } from "./config.ts";
import { clock, openCore, root, type Core } from "./core.ts";
import { readSlackApp } from "./slack-app.ts";
import { openSlackFiles } from "./slack-files.ts";
import { startWork } from "./work.ts";

export type Served = AsyncDisposable & {
  core: Core;
  slack: Slack;
  sandbox: Sandbox | null;
  /** What the sandbox has, for a person. */
  simulated: readonly Simulated[] | null;
  url: string;
};

const system = { kind: "system" } as const;

/** The bot: sandbox if no Slack is set, core, Slack, web, work. @throws Mistake */
export async function serve(given: Config, log: Log): Promise<Served> {
  const parts = new AsyncDisposableStack();
  try {
    const sandbox = given.slack.kind === "sandbox" ? parts.use(await openSandbox(given.dir)) : null;
    const config = sandbox === null ? given : inSandbox(given, sandbox);
    const core = parts.use(await openCore(config, log));
    const api = config.slack.kind === "sandbox" ? null : config.slack.apiUrl;
    const { download } = parts.use(openSlackFiles(api, config.allow));
    const slack = parts.use(await startSlack(slackSetup(config, core, log, download)));
    const web = parts.use(
      await openWeb({
        host: config.host,
        port: config.port,
        routes: [
          healthRoute(() => core.perform("health", {}, system)),
          metricsRoute(() => core.perform("health", {}, system)),
          ...connectRoutes(config, core, slack),
        ],
        mounts: mounts(config, slack.requestListener, core, log),
        otherwise: sandbox?.slack?.handle ?? null,
        log,
      }),
    );
    Object.assign(core.faces, {
      groups: slack.groups,
      team: () => slack.team(),
      usualBaseUrl: (connector: string) => sandbox?.baseUrlOf(connector) ?? null,
      usualValues: (connector: string) => sandbox?.valuesFor(connector) ?? null,
      usualApp: (place: AppPlace) => appIn(sandbox, place),
      slack: () => ({ mode: given.slack.kind, connected: slack.connected() }),
      publicUrl: () => (config.port === 0 ? web.url : config.publicUrl),
    });
    await applyWorkspace(config, core, sandbox);
    await startWork(core, slack.sender);
    // The first that ends is the work: what it has in hand ends while the faces go.
    parts.defer(core.close);
    return {
      core,
      slack,
      sandbox,
      simulated: sandbox?.inventory().filter(({ title }) => isKnown(core, title)) ?? null,
      url: web.url,
      [Symbol.asyncDispose]: () => parts.disposeAsync(),
    };
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
}

/** The one-time page, and where tools send the browser back to. */
function connectRoutes(config: Config, { world }: Core, slack: Slack) {
  const mark = browserMark(config.publicUrl.startsWith("https:"));
  const desk: InvitationDesk = {
    look: async (token, choosing) => {
      const form = await lookAtInvitation(world, token, choosing);
      return form && { ...form, askedBy: await slack.nameOf(form.askedBy) };
    },
    give: (token, values, ends) => redeemInvitation(world, token, values, ends),
    choose: (token, values) => chooseSettings(world, token, values),
    begin: (asked) => beginSignIn(world, asked),
  };
  return [...invitationRoutes(desk, mark), oauthRoute((back) => finishSignIn(world, back), mark)];
}

/** The app that is registered with a simulated tool; its client goes to that tool alone. */
function appIn(sandbox: Sandbox | null, { connector, baseUrl }: AppPlace): Client | undefined {
  const tool = [...(sandbox?.tools ?? [])].find(([name]) => name === connector)?.[1];
  if (tool?.oauth == null || baseUrl === null) return undefined;
  const here = new URL(baseUrl).origin === new URL(tool.base_url).origin;
  return here ? { id: tool.oauth.client_id, secret: tool.oauth.client_secret } : undefined;
}

/** The simulated outside world, with the app that manifests/slack.yaml describes installed in it. */
export async function openSandbox(
  dir: string,
  only: readonly ToolName[] = toolNames,
  withSlack = true,
): Promise<Sandbox> {
  const app = withSlack ? await readSlackApp(join(root, "manifests/slack.yaml")) : null;
  return startSandbox({ folder: join(dir, "sandbox"), only, app });
}

function inSandbox(config: Config, { slack, tools }: Sandbox): Config {
  const variables = sandboxVariables(tools);
  return {
    ...config,
    slack:
      slack === null
        ? config.slack
        : {
            kind: "socket",
            botToken: slack.bot_token,
            appToken: slack.app_token,
            apiUrl: slack.api_url,
          },
    variable: (name) => variables.get(name) ?? config.variable(name),
  };
}

function slackSetup(
  { slack }: Config,
  core: Core,
  log: Log,
  download: Download,
): Parameters<typeof startSlack>[0] {
  if (slack.kind === "sandbox") throw new Error("the sandbox has its own Slack settings");
  return {
    config: {
      botToken: slack.botToken,
      appToken: slack.kind === "socket" ? slack.appToken : null,
      signingSecret: slack.kind === "http" ? slack.signingSecret : null,
      apiUrl: slack.apiUrl,
    },
    perform: core.perform,
    outbox: core.outbox,
    posts: core.store.posts,
    incidents: core.store.incidents,
    settings: core.store.settings,
    clock,
    log,
    closing: core.closing,
    commandsFolder: join(root, "commands"),
    download,
    tell: (subject) => core.outbox.tell(subject),
  };
}

/** Slack where it calls us, and the door for what tools send. */
const mounts = (
  { databaseUrl }: Config,
  slack: RequestListener | null,
  { world, connectionInHand }: Core,
  log: Log,
): Mount[] => [
  ...(slack === null ? [] : [{ path: "/slack/events", take: slack }]),
  {
    path: doorPath,
    take: hookDoor({
      receive: openReception({
        ...world,
        registry: { ...world.registry, connection: connectionInHand },
      }),
      subscribe: (key, asked) => subscribe(world, key, asked),
      unsubscribe: (key, id) => unsubscribe(world, key, id),
      sample: (key, event) => sampleEvents(world, key, event),
      pace: databaseUrl === null ? paceOf.embedded : paceOf.postgres,
      publicUrl: () => world.about.publicUrl(),
      log,
    }),
  },
];

/** The file of TIELINE_WORKSPACE; in a sandbox without one, the first flow between its tools. */
async function applyWorkspace(config: Config, core: Core, sandbox: Sandbox | null): Promise<void> {
  const { workspace: file } = config;
  if (file !== null) {
    const text = await readFile(file, "utf8").catch(() => {
      throw new Mistake(`TIELINE_WORKSPACE names ${file}, which cannot be read.`, { usage: true });
    });
    await core.perform("workspace.apply", { text, file }, system);
    return;
  }
  if (sandbox?.slack == null) return;
  const text = firstWorkspace(sandbox.tools, sandbox.owner);
  await core.perform("workspace.apply", { text, file: "the sandbox's workspace" }, system);
}

/** The one JSON line of `tieline sandbox`. */
export const describe = ({ slack, tools }: Sandbox) => ({
  slack:
    slack === null
      ? null
      : {
          api_url: slack.api_url,
          bot_token: slack.bot_token,
          app_token: slack.app_token,
          signing_secret: slack.signing_secret,
        },
  page: slack?.url ?? null,
  tools: Object.fromEntries(
    [...tools].map(([name, { base_url, credential, settings }]) => [
      name,
      { base_url, credential, settings },
    ]),
  ),
});

/** The tools of `--only`; all of them without it. @throws Mistake naming those there are */
export function toolsNamed(only: readonly string[] | null): readonly ToolName[] {
  if (only === null) return toolNames;
  const known: readonly string[] = [...toolNames, "slack"];
  const strange = only.find((name) => !known.includes(name));
  if (strange !== undefined) {
    throw new Mistake(`There is no simulated ${strange}; there are ${known.join(", ")}.`, {
      usage: true,
    });
  }
  return toolNames.filter((name) => only.includes(name));
}

/** Whether there is a connector to a simulated tool. */
const isKnown = ({ world }: Core, title: string): boolean =>
  world.tools.catalogue().some((facts) => facts.title === title);
