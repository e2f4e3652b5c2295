import { aSwitch } from "../control.ts";
import { json } from "../http.ts";
import { targetOf } from "../posting.ts";
import { pageRoutes } from "../records-page.ts";
import { type Counts, simulated } from "../simulated.ts";
import type { StartTool } from "../simulated-tool.ts";
import { type Account, openAccount } from "./account.ts";
import { hookRoutes } from "./hooks.ts";
import { openLimits, tooManyRequests } from "./limits.ts";
import { zapRecords } from "./page.ts";
import { stepsPage } from "./steps-page.ts";
import { FIRST_HOOK } from "./zaps.ts";

/**
 * A Zapier account with five Zaps, of which others see the hooks. `/_config` takes the addresses that its
 * Zaps work with: `subscribe` {url, key, event}, `action` {url, key} and `report` {url, key}; null forgets one.
 * `/_edit` with the object zaps switches one (`{on: true}`) or runs it (`{run: {…}}`).
 */
export const startZapier: StartTool = simulated("zapier", 0, ({ shelf, limits, origin }) => {
  const account = openAccount(shelf, origin);
  const guard = openLimits(limits);

  function stats(): Counts {
    const zaps = [...account.zaps.values()];
    return {
      limited: guard.limited,
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
    tool: {
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
    pages: [
      ...pageRoutes(...zapRecords(account), stepsPage(account)),
      { method: "GET", path: "/_arrivals", handle: () => json(200, account.arrivals.all()) },
    ],
    controls: {
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
    },
    stats,
    credential: () => ({ url: origin() + FIRST_HOOK }),
    settings: {},
    oauth: null,
  };
});

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
