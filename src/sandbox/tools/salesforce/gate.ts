import type { Answer } from "../http.ts";
import type { Tool } from "../tool-server.ts";
import type { ConnectedApp } from "./connected-app.ts";
import { apiDisabled, dailyLimit, noApiScope, sessionExpired } from "./errors.ts";
import { tokenOf } from "./identity.ts";
import type { Usage } from "./usage.ts";

export type Gate = {
  on: boolean;
  /** Some editions have no interface at all. */
  api: boolean;
  limited: number;
  gate: Tool["gate"];
};

/** Who may use the data interface, and how often in a day. */
export function gateOf(on: boolean, app: ConnectedApp, usage: Usage): Gate {
  const self: Gate = {
    on,
    api: true,
    limited: 0,
    async gate(request, next) {
      if (!/^\/services\/data\/v/.test(request.path)) return next();
      const standing = app.scopesOf(tokenOf(request) ?? "");
      const elsewhere = app.instanceUrl(request.origin) !== request.origin;
      if (typeof standing === "string" || elsewhere) return sessionExpired();
      if (!self.api) return apiDisabled();
      if (!standing.scopes.some((scope) => scope === "api" || scope === "full"))
        return noApiScope();
      if (usage.spent || (self.on && usage.used() >= usage.max)) {
        self.limited += 1;
        return withUsage(dailyLimit(), usage);
      }
      usage.count(1);
      return withUsage(await next(), usage);
    },
  };
  return self;
}

const withUsage = (answer: Answer, usage: Usage): Answer => ({
  ...answer,
  headers: {
    ...answer.headers,
    "sforce-limit-info": `api-usage=${String(usage.spent ? usage.max : usage.used())}/${String(usage.max)}`,
  },
});
