import type { App } from "@slack/bolt";
import { explain } from "../explain.ts";
import { homeView, type HomeData } from "../views/home.ts";
import { atFor, type Wiring } from "./wiring.ts";
import type { At } from "../at.ts";

/** Shows App Home anew whenever somebody opens it. */
export function listenForHome(app: App, wiring: Wiring): void {
  app.event("app_home_opened", async ({ event, body, context }) => {
    if (event.tab !== "home" || !wiring.once(body.event_id)) return;
    const blocks = await atFor(wiring, { team: context.teamId, user: event.user }, null)
      .then(homeData)
      .then((data) => homeView(data, wiring.clock.now()))
      .catch((error: unknown) => explain(error, wiring.log).blocks);
    await wiring.client.views.publish({ user_id: event.user, view: { type: "home", blocks } });
  });
}

async function homeData(at: At): Promise<HomeData> {
  const [me, flows, incidents, connections] = await Promise.all([
    at.do("people.me", {}),
    at.do("flows.list", {}),
    at.do("incidents.list", {}),
    at.do("connections.list", {}),
  ]);
  return { me, flows, incidents, connections };
}
