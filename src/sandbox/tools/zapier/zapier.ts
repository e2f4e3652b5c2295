import { openShelf } from "../../collection.ts";
import { aSwitch, controlRoutes } from "../control.ts";
import { json } from "../http.ts";
import { targetOf } from "../posting.ts";
import { pageRoutes } from "../records-page.ts";
import type { SimulatedTool, StartTool, ToolStats } from "../simulated-tool.ts";
import { serveTool } from "../tool-server.ts";
import { type Account, openAccount } from "./account.ts";
import { hookRoutes } from "./hooks.ts";
import { openLimits, tooManyRequests } from "./limits.ts";
import { zapRecords } from "./page.ts";
import { FIRST_HOOK } from "./zaps.ts";

/**
 * A Zapier account with five Zaps, of which others see the hooks. `/_config` takes the addresses that its
 * Zaps work with: `subscribe` {url, key, event}, `action` {url, key} and `report` {url, key}; null forgets one.
 * `/_edit` with the object zaps switches one (`{on: true}`) or runs it (`{run: {…}}`).
 */
export const startZapier: StartTool = async ({
  folder,
  port = 0,
  limits = true,
}): Promise<SimulatedTool> => {
  await using parts = new AsyncDisposableStack();
  const shelf = parts.use(openShelf(folder, "zapier"));
  const account = openAccount(shelf, () => server.base_url);
  const guard = openLimits(limits);

  const server = await serveTool(
    {
      routes: hookRoutes(account),
      gate: (request, next) => guard.gate(request, next),
      wording: {
        tooManyRequests,
        serverError: (status) => json(status, { status: "error" }),
        expiredToken: () => json(401, { status: "error" }),
        notFound: () => json(404, { status: "error" }),
        wrongMethod: () => json(405, { status: "error" }),
      },
    },
    (self) => [
      ...pageRoutes(...zapRecords(account)),
      { method: "GET", path: "/_arrivals", handle: () => json(200, account.arrivals.all()) },
      ...controlRoutes({
        faults: self.faults,
        stats,
        switches: {
          limits: aSwitch((on) => (guard.on = on)),
          subscribe: (value) =>
            account.point("subscribe", value === null ? null : targetOf(value, "event")),
          action: (value) => account.point("action", value === null ? null : targetOf(value)),
          report: (value) => account.point("report", value === null ? null : targetOf(value)),
        },
        seed() {
          throw new Error("Nothing is made up here: things arrive.");
        },
        edit: (id, set, object) => editZap(account, object, id, set),
      }),
    ],
    port,
  );
  parts.use(server);
  const whole = parts.move();

  function stats(): ToolStats {
    const zaps = [...account.zaps.values()];
    return {
      requests: { ...server.requests },
      limited: guard.limited,
      faults: server.faults.fired,
      records: zaps.length,
      active: zaps.filter(({ state }) => state.kind === "on").length,
      creates: 0,
      updates: 0,
      archived: 0,
      duplicates: 0,
      objects: {
        zaps: zaps.length,
        arrivals: account.arrivals.all().length,
        runs: account.runs.size,
      },
    };
  }

  return {
    title: "Zapier",
    base_url: server.base_url,
    credential: { url: server.base_url + FIRST_HOOK },
    settings: {},
    oauth: null,
    stats,
    [Symbol.asyncDispose]: () => whole.disposeAsync(),
  };
};

function editZap(
  account: Account,
  object: string | null,
  id: string | null,
  { on, run }: Record<string, unknown>,
): unknown {
  if ((object ?? "zaps") !== "zaps" || id === null)
    throw new Error("Only a Zap can be switched or run, by its id.");
  if (run !== undefined) return account.run(id, run);
  if (typeof on === "boolean") return account.turn(id, on);
  throw new Error('Say {"on": true}, {"on": false} or {"run": {…}}.');
}
