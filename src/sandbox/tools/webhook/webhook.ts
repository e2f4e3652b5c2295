import { openShelf } from "../../collection.ts";
import { controlRoutes } from "../control.ts";
import { type Answer, json } from "../http.ts";
import { pageRoutes } from "../records-page.ts";
import type { SimulatedTool, StartTool, ToolStats } from "../simulated-tool.ts";
import { serveTool } from "../tool-server.ts";
import { webhookRecords } from "./page.ts";
import { sendingPage } from "./sending-page.ts";
import { openReceiver, RECEIVER_PATH, type Told } from "./receiver.ts";
import { type Destination, openSender } from "./sender.ts";
import { keyOf } from "./signature.ts";

/** What it verifies with until it is given another. */
export const SECRET = "whsec_c2ltdWxhdGVkIHdlYmhvb2sgc2VjcmV0IG9mIDM2IGJ5dGVz";

/**
 * Any web service that takes signed events and sends some. `/_config` takes `secret` (whsec_…), `answers`
 * ({status, retry_after?, times?}: what it answers instead; null ends that) and `send` ({url, secret}: where its
 * own events go). `/_edit` with the object events sends one: {type, subject?, data?, id?, mishap?}.
 */
export const startWebhook: StartTool = async ({ folder, port = 0 }): Promise<SimulatedTool> => {
  await using parts = new AsyncDisposableStack();
  const shelf = parts.use(openShelf(folder, "webhook"));
  const receiver = openReceiver(shelf, SECRET);
  const sender = openSender(shelf);

  const said = (status: number, error: string, headers = {}): Answer => json(status, { error }, headers); // prettier-ignore
  const server = await serveTool(
    {
      routes: receiver.routes,
      gate: (_request, next) => next(),
      wording: {
        tooManyRequests: (retryAfter) =>
          said(429, "Too many requests.", retryAfter === null ? {} : { "retry-after": retryAfter }),
        serverError: (status) => said(status, "Something went wrong."),
        expiredToken: () => said(401, "webhook-signature does not fit."),
        notFound: (path) => said(404, `There is no ${path}.`),
        wrongMethod: (method) => said(405, `${method} is not allowed.`),
      },
    },
    (self) => [
      ...pageRoutes(...webhookRecords(receiver, sender), sendingPage(sender, SECRET)),
      {
        method: "GET",
        path: "/_deliveries",
        handle: () => json(200, [...receiver.deliveries.values()]),
      },
      ...controlRoutes({
        faults: self.faults,
        stats,
        switches: {
          secret(value) {
            keyOf(String(value));
            receiver.use(String(value));
          },
          answers: (value) => void (receiver.answers = value === null ? null : toldIn(value)),
          send: (value) => sender.point(value === null ? null : destinationIn(value)),
        },
        seed() {
          throw new Error("Nothing is made up here: events arrive.");
        },
        edit(_id, set, object) {
          if ((object ?? "events") !== "events") throw new Error("Only events can be sent.");
          return sender.send(set);
        },
      }),
    ],
    port,
  );
  parts.use(server);
  const whole = parts.move();

  function stats(): ToolStats {
    const all = [...receiver.deliveries.values()];
    const count = (wanted: string) => all.filter(({ verdict }) => verdict === wanted).length;
    return {
      requests: { ...server.requests },
      limited: 0,
      faults: server.faults.fired,
      records: all.length,
      active: count("taken"),
      creates: count("taken"),
      updates: 0,
      archived: 0,
      duplicates: count("duplicate"),
      objects: { deliveries: all.length, events: sender.sent.size },
    };
  }

  return {
    title: "Webhook",
    base_url: server.base_url,
    credential: { secret: SECRET, url: server.base_url + RECEIVER_PATH },
    settings: {},
    oauth: null,
    stats,
    [Symbol.asyncDispose]: () => whole.disposeAsync(),
  };
};

function toldIn(value: unknown): Told {
  const { status, retry_after: wait = null, times = Infinity } = (value ?? {}) as Partial<Told>;
  const whole = typeof status === "number" && status >= 200 && status <= 599;
  if (!whole || typeof times !== "number")
    throw new Error('It is {"status": 429, "retry_after": 2, "times": 1}, the last two optional.');
  return { status, retry_after: wait === null ? null : String(wait), times };
}

function destinationIn(value: unknown): Destination {
  const { url, secret } = (value ?? {}) as Partial<Destination>;
  if (typeof url !== "string" || typeof secret !== "string")
    throw new Error("It is an object of url, secret.");
  return { url, secret };
}
