import type { Shelf } from "../collection.ts";
import type { Carrier, Receipt, Retry } from "./delivery.ts";
import type { Faults } from "./faults.ts";
import type { Fields } from "./fields.ts";
import { newId } from "./names.ts";
import type { AppSettings, Timings } from "./settings.ts";
import type { Workspace } from "./workspace.ts";

export type Events = Disposable & {
  /** Sends the event if the app subscribed to its type; again, up to three times, when refused. */
  send(event: Fields & { type: string }): void;
};

type Pending = { body: Fields; attempt: number; reason: string };
type Options = {
  shelf: Shelf;
  workspace: Workspace;
  carrier: Carrier;
  faults: Faults;
  app: AppSettings;
  timings: Timings;
};

/** The Events API. An event that is not yet taken outlives a restart. */
export function openEvents({ shelf, workspace, carrier, faults, app, timings }: Options): Events {
  const pending = shelf.collection<Pending>("undelivered events");
  const timers = new Set<NodeJS.Timeout>();
  let closed = false;

  const later = (id: string, ms: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      void attempt(id);
    }, ms);
    timers.add(timer);
  };

  const attempt = async (id: string) => {
    const event = pending.get(id);
    if (!event) return;
    const retry: Retry | undefined =
      event.attempt === 0 ? undefined : { attempt: event.attempt, reason: event.reason };
    const receipt = await carrier.send("events_api", event.body, retry);
    if (closed) return;
    const wait = timings.eventRetriesMs[event.attempt];
    if (receipt.kind === "acknowledged" || wait === undefined) return pending.delete(id);
    pending.set(id, { ...event, attempt: event.attempt + 1, reason: reasonOf(receipt) });
    later(id, wait);
  };

  for (const [id] of pending.entries()) later(id, timings.eventRetriesMs[0] ?? 0);

  return {
    send(event) {
      if (!app.events.includes(subscription(event))) return;
      const body = envelope(workspace, event);
      const id = String(body["event_id"]);
      pending.set(id, { body, attempt: 0, reason: "" });
      later(id, 0);
      if (faults.duplicatesEvents()) void carrier.send("events_api", body);
    },
    [Symbol.dispose]() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

const subscription = (event: Fields & { type: string }) =>
  event.type === "message" ? `message.${String(event["channel_type"])}` : event.type;

function reasonOf(receipt: Receipt): string {
  if (receipt.kind === "late") return "http_timeout";
  return receipt.kind === "unreachable" && receipt.why.startsWith("status")
    ? "http_error"
    : "connection_failed";
}

function envelope({ identity, team }: Workspace, event: Fields): Fields {
  const event_id = newId("Ev");
  return {
    token: identity.verification_token,
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: identity.app_id,
    event,
    type: "event_callback",
    event_id,
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: identity.bot_user_id,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: `4-${event_id}`,
  };
}
