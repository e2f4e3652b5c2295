import type { AppWebhook } from "../app-webhook.ts";
import { aChoice, aDuration, aSwitch, type Controls } from "../control.ts";
import type { SignIn } from "../sign-in.ts";
import type { Access } from "./access/access.ts";
import type { Gate } from "./access/gate.ts";
import type { Company } from "./company/company.ts";

type Parts = {
  company: Company;
  gate: Gate;
  access: Access;
  signIn: SignIn;
  webhook: Pick<AppWebhook<never>, "set">;
};

/** What `POST /_config` may set. */
export const switchesOf = (parts: Parts): Controls["switches"] => {
  const { company, gate, access, signIn, webhook } = parts;
  return {
    limits: aSwitch((on) => (gate.on = on)),
    quota: aChoice(["spent", "fine"], (quota) => (gate.spent = quota === "spent")),
    access_token_ms: aDuration((ms) => (signIn.lifetimeMs = ms)),
    revoke: aSwitch((on) => access.revoked(on)),
    webhook: (value) => webhook.set(value),
    custom_numbers: aSwitch((on) => (company.invoices.customNumbers = on)),
    closed_until(value) {
      if (value !== null && !/^\d{4}-\d{2}-\d{2}$/.test(String(value)))
        throw new Error('The books are closed until a day, as in "2025-12-31", or null for never.');
      company.invoices.closedUntil = value === null ? null : String(value);
    },
  };
};
