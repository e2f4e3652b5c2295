import type { FailuresPlan } from "../failures/compile.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { WebhooksSpec } from "../manifest/webhooks-spec.ts";
import type { ObjectPlan } from "../read/compile-object.ts";
import { compileRequest, type Prepare } from "../request/prepare.ts";
import { compileEvents, type ReadChanges } from "./events.ts";
import { compileInbox, type ReadEvent } from "./told.ts";
import { compileWatch, type WatchPlan } from "./watch-plan.ts";

/** What a connector does with the messages it is sent. */
export type WebhooksPlan = {
  spec: WebhooksSpec;
  /** Null where only objects with an inbox are told of. */
  changes: ReadChanges | null;
  inboxes: ReadonlyMap<string, ReadEvent>;
  /** Null where no failures are sent to us. */
  failures: FailuresPlan | null;
  /** Sends a secret back to the tool; null where no handshake asks for that. */
  sendBack: Prepare | null;
  /** Words for what is told to whoever asked for it and no object has a name for; null where there are none. */
  asked: Prepare | null;
  /** How we ask the tool to tell us; null where a person does. */
  watch: WatchPlan | null;
};

export function compileWebhooks(
  manifest: Manifest,
  plans: ReadonlyMap<string, { plan: ObjectPlan }>,
  failures: FailuresPlan | null,
): WebhooksPlan | null {
  const spec = manifest.webhooks;
  if (spec === undefined) return null;
  const { handshake, events, subscriptions } = spec;
  return {
    spec,
    changes: events === undefined ? null : compileEvents(events),
    inboxes: new Map(
      [...plans].flatMap(([name, { plan }]) =>
        plan.spec.inbox === undefined ? [] : [[name, compileInbox(plan, plan.spec.inbox)]],
      ),
    ),
    failures: failures?.list === null ? failures : null,
    sendBack: handshake?.kind === "verifier" ? compileRequest(handshake.send, manifest) : null,
    asked:
      subscriptions?.tells === undefined ? null : compileRequest(subscriptions.tells, manifest),
    watch: compileWatch(manifest, spec),
  };
}
