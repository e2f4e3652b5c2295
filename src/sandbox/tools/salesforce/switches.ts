import { aChoice, aDuration, aSwitch, type Controls } from "../control.ts";
import type { ConnectedApp } from "./connected-app.ts";
import type { Cursors } from "./cursors.ts";
import type { Gate } from "./gate.ts";
import type { Organisation } from "./organisation.ts";
import type { Paging } from "./query.ts";
import type { Schema } from "./schema.ts";
import type { Usage } from "./usage.ts";
import type { Writer } from "./writer.ts";

type Switched = {
  app: ConnectedApp;
  cursors: Cursors;
  gate: Gate;
  organisation: Organisation;
  paging: Paging;
  schema: Schema;
  usage: Usage;
  writer: Writer;
};

/** What an administrator of the organisation, or time itself, may change. */
export const switchesOf = (of: Switched): Controls["switches"] => ({
  limits: aSwitch((on) => (of.gate.on = on)),
  quota: aChoice(["spent", "fine"], (word) => (of.usage.spent = word === "spent")),
  /** Off, as in editions that have no interface. */
  api: aSwitch((on) => (of.gate.api = on)),
  access_token_ms: aDuration((ms) => (of.app.signIn.lifetimeMs = ms)),
  rotate_refresh_tokens: aSwitch((on) => (of.app.rotates = on)),
  revoke: aSwitch((on) => {
    if (on) of.app.revokeAll();
  }),
  /** The organisation moves: the next token names another instance_url, and the old one is no good. */
  moved: aSwitch((on) => (of.app.moved = on)),
  /** The public key for the JWT bearer flow. */
  certificate: (value) => of.app.register(value),
  cursor_ms: aDuration((ms) => (of.cursors.lifeMs = ms)),
  page_rows(value) {
    if (typeof value !== "number" || !Number.isInteger(value) || value < 1)
      throw new Error("It is a whole number from 1.");
    of.paging.mostRows = value;
  },
  /** How long after its instant a change is seen by queries. */
  commit_lag_ms: aDuration((ms) => (of.organisation.lagMs = ms)),
  duplicate_rules: aSwitch((on) => (of.writer.policy.duplicates = on)),
  automation: aSwitch((on) => (of.writer.policy.automation = on)),
  country_list: aSwitch((on) => (of.writer.policy.countries = on)),
  /** Fields hidden from the connection, as `Contact.Phone`. */
  hidden_fields(value) {
    if (!Array.isArray(value)) throw new Error('It is a list such as ["Contact.Phone"].');
    of.schema.hide(value.map(String));
  },
});
