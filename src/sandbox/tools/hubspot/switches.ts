import { aChoice, aDuration, aSwitch, type Controls } from "../control.ts";
import type { AppWebhook } from "../app-webhook.ts";
import type { SignIn } from "../sign-in.ts";
import type { Access } from "./access/access.ts";
import type { Gate } from "./access/gate.ts";
import { objectTypes } from "./objects/index.ts";
import type { ObjectName } from "./objects/object-type.ts";
import type { Portal } from "./portal.ts";

type Parts = {
  portal: Portal;
  gate: Gate;
  access: Access;
  signIn: SignIn;
  webhook: Pick<AppWebhook<never>, "set">;
};

/** What `POST /_config` may set. */
export const switchesOf = ({
  portal,
  gate,
  access,
  signIn,
  webhook,
}: Parts): Controls["switches"] => ({
  limits: aSwitch((on) => (gate.on = on)),
  quota: aChoice(["spent", "fine"], (quota) => (gate.spent = quota === "spent")),
  search_lag_ms: aDuration((ms) => {
    for (const { index } of portal.objects.values()) index.lagMs = ms;
  }),
  access_token_ms: aDuration((ms) => (signIn.lifetimeMs = ms)),
  revoke: aSwitch((on) => access.revoked(on)),
  webhook: (value) => webhook.set(value),
  merge_keeps_id: aSwitch((on) => (portal.mergeKeepsId = on)),
  // As in {"deals": ["amount"]}: what an admin made a duty.
  required(value) {
    portal.required.clear();
    for (const [object, names] of Object.entries(value ?? {})) insist(portal, object, names);
  },
});

function insist(portal: Portal, object: string, names: unknown): void {
  const type = objectTypes.find(({ name }) => name === object);
  const known = Array.isArray(names) ? names.filter((name) => type?.properties[String(name)]) : [];
  if (type === undefined || !Array.isArray(names) || known.length !== names.length) {
    throw new Error('What is required is told as {"deals": ["amount"]}.');
  }
  portal.required.set(object as ObjectName, names.map(String));
}
