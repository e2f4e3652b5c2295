import { openShelf, type Shelf } from "../collection.ts";
import { type Controls, controlRoutes } from "./control.ts";
import type { Route } from "./http.ts";
import type { OAuth, StartTool, ToolOptions, ToolStats } from "./simulated-tool.ts";
import { serveTool, type Tool } from "./tool-server.ts";

/** With what a tool is made. */
export type Making = Required<Omit<ToolOptions, "port">> & {
  shelf: Shelf;
  /** What ends with the tool. */
  parts: AsyncDisposableStack;
  /** Where it is, once it listens. */
  origin(): string;
};

/** What the tool itself counts. */
export type Counts = Omit<ToolStats, "requests" | "faults">;

/** A tool that is ready to be served. */
export type Made = {
  title: string;
  tool: Tool;
  /** What a person may look at, and else stands beside its interface. */
  pages: Route[];
  controls: Omit<Controls, "faults" | "stats">;
  stats(): Counts;
  /** As in SimulatedTool. */
  credential(): Record<string, string>;
  settings: Record<string, string>;
  /** The same, with the paths of its addresses alone. */
  oauth: (Omit<OAuth, "refresh_token"> & { refresh(): string }) | null;
};

/** Starts the tool that is made: opens its shelf, serves it, and closes it all at the end. */
export const simulated =
  (name: string, ownSeed: number, make: (making: Making) => Made): StartTool =>
  async ({ folder, port = 0, seed = ownSeed, limits = true, flaws = true }) => {
    await using parts = new AsyncDisposableStack();
    const shelf = parts.use(openShelf(folder, name));
    let origin = "";
    const made = make({ folder, seed, limits, flaws, shelf, parts, origin: () => origin });
    const { title, tool, pages, controls, settings } = made;
    const stats = (): ToolStats => ({
      requests: { ...server.requests },
      faults: server.faults.fired,
      ...made.stats(),
    });
    const server = await serveTool(
      tool,
      ({ faults }) => [...pages, ...controlRoutes({ ...controls, faults, stats })],
      port,
    );
    parts.use(server);
    const whole = parts.move();
    const { base_url } = server;
    origin = base_url;

    return {
      title,
      base_url,
      settings,
      get credential() {
        return made.credential();
      },
      get oauth() {
        if (made.oauth === null) return null;
        const { authorize, token, refresh, ...client } = made.oauth;
        return {
          authorize: base_url + authorize,
          token: base_url + token,
          ...client,
          refresh_token: refresh(),
        };
      },
      stats,
      [Symbol.asyncDispose]: () => whole.disposeAsync(),
    };
  };
