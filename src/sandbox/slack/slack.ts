import type { Shelf } from "../collection.ts";
import { makeChanges, type Changes } from "./changes.ts";
import type { Carrier } from "./delivery.ts";
import { openEvents, type Events } from "./events.ts";
import { makeFaults, type Faults } from "./faults.ts";
import { openFiles, type Files } from "./files.ts";
import { openMessages, type Messages } from "./messages.ts";
import { makeRateLimits, type RateLimits } from "./rate-limits.ts";
import { openResponseUrls, type ResponseUrls } from "./response-urls.ts";
import type { SlackSettings } from "./settings.ts";
import { openSignedHttp, type SignedHttp } from "./signed-http.ts";
import { openSocketMode, type SocketMode } from "./socket-mode.ts";
import { makeStatistics, type Statistics } from "./statistics.ts";
import { openTriggers, type Triggers } from "./triggers.ts";
import { openViews, type Views } from "./views.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

/** Everything the simulated Slack holds, handed to each of its parts. */
export type Slack = AsyncDisposable & {
  settings: SlackSettings;
  /** Where it listens, for the addresses it hands out. */
  origin: { current: string };
  workspace: Workspace;
  messages: Messages;
  views: Views;
  files: Files;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  changes: Changes;
  socketMode: SocketMode;
  signedHttp: SignedHttp;
  carrier: Carrier;
  events: Events;
  rateLimits: RateLimits;
  faults: Faults;
  statistics: Statistics;
};

export function openSlack(shelf: Shelf, settings: SlackSettings): Slack {
  const origin = { current: "" };
  const { app, timings } = settings;
  const changes = makeChanges();
  const statistics = makeStatistics();
  const faults = makeFaults();
  const workspace = openWorkspace(shelf, app.name);
  const { identity } = workspace;
  const socketMode = openSocketMode({
    appId: identity.app_id,
    timings,
    changed: changes.touch,
  });
  const signedHttp = openSignedHttp({
    url: () => settings.requestUrl,
    secret: identity.signing_secret,
    token: identity.verification_token,
    timings,
  });
  // The request URL may be told later: the app then already runs and knows its own address.
  const through = (): Carrier => (settings.requestUrl === null ? socketMode : signedHttp);
  const carrier = statistics.counted({
    connected: () => through().connected(),
    send: (...sent) => through().send(...sent),
  });
  const events = openEvents({ shelf, workspace, carrier, faults, app, timings });

  return {
    settings,
    origin,
    workspace,
    messages: openMessages(shelf, changes),
    views: openViews(shelf, workspace, changes),
    files: openFiles(shelf, workspace, () => origin.current),
    triggers: openTriggers(shelf, "2148900000", timings),
    responseUrls: openResponseUrls(shelf, () => origin.current),
    changes,
    socketMode,
    signedHttp,
    carrier,
    events,
    rateLimits: makeRateLimits(settings.limits),
    faults,
    statistics,
    async [Symbol.asyncDispose]() {
      events[Symbol.dispose]();
      await socketMode[Symbol.asyncDispose]();
      changes[Symbol.dispose]();
    },
  };
}
