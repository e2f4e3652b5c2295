import type { RequestListener } from "node:http";
import { Mistake } from "#domain/errors.ts";
import type { Log } from "#domain/ports/world.ts";
import { HTTPReceiver, SocketModeReceiver, type Receiver, type webApi } from "@slack/bolt";
import { freshOnly } from "../timestamp.ts";
import { boltLogger } from "./bolt-log.ts";
import { keepTrying } from "./keep-trying.ts";

type Config = { appToken: string | null; signingSecret: string | null };

export type Connection = AsyncDisposable & { connected(): boolean };

export type Transport = {
  receiver: Receiver;
  requestListener: RequestListener | null;
  /** Connects, and goes on trying while Slack is away. `greet` is done first, at each try. */
  connect(greet: () => Promise<void>): Promise<Connection>;
};

/** How Slack's requests reach us: over a socket that we open, or over our own web server. */
export function makeTransport(
  config: Config,
  clientOptions: webApi.WebClientOptions,
  now: () => Temporal.Instant,
  log: Log,
): Transport {
  if (config.appToken !== null) return bySocket(config.appToken, clientOptions, log);
  if (config.signingSecret !== null) return byHttp(config.signingSecret, now, log);
  throw new Mistake("Slack needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP).");
}

/**
 * At a refresh the client closes its socket and opens the next only after this long: five seconds by
 * default, in which nobody hears us (@slack/socket-mode 3.1.0).
 */
const clientPingTimeout = 1500;

function bySocket(appToken: string, clientOptions: webApi.WebClientOptions, log: Log): Transport {
  const receiver = new SocketModeReceiver({
    appToken,
    clientPingTimeout,
    logger: boltLogger(log),
    installerOptions: { clientOptions },
  });
  let open = false;
  receiver.client.on("connected", () => (open = true));
  for (const event of ["disconnected", "reconnecting", "disconnecting", "close"])
    receiver.client.on(event, () => (open = false));

  return {
    receiver,
    requestListener: null,
    async connect(greet) {
      const trying = await keepTrying(async () => {
        await greet();
        await receiver.start();
      }, log);
      return {
        connected: () => open,
        async [Symbol.asyncDispose]() {
          await trying[Symbol.asyncDispose]();
          await receiver.stop();
        },
      };
    },
  };
}

function byHttp(signingSecret: string, now: () => Temporal.Instant, log: Log): Transport {
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: ["/slack/events"],
    bodyLimit: 256 * 1024,
    logger: boltLogger(log),
  });
  return {
    receiver,
    requestListener: freshOnly(receiver.requestListener, now),
    async connect(greet) {
      let greeted = false;
      const trying = await keepTrying(async () => {
        await greet();
        greeted = true;
      }, log);
      return {
        connected: () => greeted,
        [Symbol.asyncDispose]: () => trying[Symbol.asyncDispose](),
      };
    },
  };
}
