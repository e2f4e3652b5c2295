import { openShelf, type Collection } from "./collection.ts";
import type { AppSettings } from "./slack/settings.ts";
import { people } from "./slack/harbour-and-sons.ts";
import { type Described, describedOf, isFirst } from "./first-workspace.ts";
import { startSlack, type RunningSlack } from "./slack/start-slack.ts";
import { tools as toolStarts } from "./tools/index.ts";
import type { SimulatedTool } from "./tools/simulated-tool.ts";

export type ToolName = keyof typeof toolStarts;
export const toolNames = Object.keys(toolStarts) as ToolName[];

/** A simulated tool, as a person would look for it. */
export type Simulated = { title: string; holds: string; url: string; connected: boolean };

export type SandboxOptions = {
  /** Where the outside world keeps its state; null forgets it at the end. */
  folder: string | null;
  /** Which of the tools; all of them if not said. */
  only?: readonly ToolName[];
  /** The Slack app, as its manifest describes it; null starts no Slack. */
  app: AppSettings | null;
};

export type Sandbox = AsyncDisposable & {
  slack: RunningSlack | null;
  tools: ReadonlyMap<ToolName, SimulatedTool>;
  /** The Slack user id of whoever looks after the integrations there. */
  owner: string | null;
  inventory(): Simulated[];
  /** Undefined for a tool that is not simulated. */
  baseUrlOf(tool: string): string | undefined;
  /** What a connection to it has to say: its settings, and where its credential is. */
  valuesFor(tool: string): Described | undefined;
};

/** The outside world, simulated on loopback: tools and a Slack workspace. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const parts = new AsyncDisposableStack();
  const shelf = parts.use(openShelf(options.folder, "sandbox"));
  const ports = shelf.collection<number>("ports");
  const tools = new Map<ToolName, SimulatedTool>();
  for (const name of options.only ?? toolNames) {
    const start = (port: number): Promise<SimulatedTool> =>
      toolStarts[name]({ folder: options.folder, port, limits: true });
    tools.set(name, parts.use(await onUsualPort(ports, name, start, (tool) => tool.base_url)));
  }
  const { app } = options;
  const links = [...tools.values()].map((tool) => ({
    name: tool.title,
    url: new URL("/", tool.base_url).href,
  }));
  const slack =
    app === null
      ? null
      : parts.use(
          await onUsualPort(
            ports,
            "slack",
            (port) => startSlack({ folder: options.folder, port, app, tools: links }),
            (running) => running.url,
          ),
        );
  return {
    slack,
    tools,
    owner: people[0]?.id ?? null,
    inventory: () =>
      [...tools].map(([name, tool]) => ({
        title: tool.title,
        connected: isFirst(name),
        holds: Object.entries(tool.stats().objects)
          .map(([object, count]) => `${String(count)} ${object}`)
          .join(", "),
        url: new URL("/", tool.base_url).href,
      })),
    valuesFor(name) {
      const tool = [...tools].find(([one]) => one === name)?.[1];
      return tool && describedOf(name, tool);
    },
    baseUrlOf: (name) => [...tools].find(([tool]) => tool === name)?.[1].base_url,
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

/**
 * The port it had the last time, so that addresses somebody kept still work; another one where that is
 * taken now.
 */
async function onUsualPort<Server>(
  ports: Collection<number>,
  name: string,
  start: (port: number) => Promise<Server>,
  address: (server: Server) => string,
): Promise<Server> {
  const server = await start(ports.get(name) ?? 0).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE") throw error;
    return start(0);
  });
  ports.set(name, Number(new URL(address(server)).port));
  return server;
}
