import type { Answer } from "../http.ts";
import { rateWindow } from "../rate-window.ts";
import type { Tool } from "../tool-server.ts";
import { forbidden, lapsed, tooManyRequests } from "./errors.ts";

export type Gate = {
  on: boolean;
  /** The account is no longer paid for. */
  lapsed: boolean;
  limited: number;
  gate: Tool["gate"];
};

const PER_SECOND = 5;
/** What a 429 says, whatever is left of the second. */
const WAIT = "30";

/** Five requests a second for the whole account, whoever's key they carry. */
export function gateOf(on: boolean, key: () => string): Gate {
  const second = rateWindow(PER_SECOND, 1000);
  const self: Gate = {
    on,
    lapsed: false,
    limited: 0,
    async gate(request, next) {
      if (request.headers["api-token"] !== key()) return forbidden();
      if (self.lapsed) return lapsed();
      if (self.on && !second.take()) {
        self.limited += 1;
        return counted(tooManyRequests(WAIT), 0);
      }
      return counted(await next(), self.on ? second.remaining() : PER_SECOND);
    },
  };
  return self;
}

const counted = (answer: Answer, left: number): Answer => ({
  ...answer,
  headers: {
    ...answer.headers,
    "ratelimit-limit": String(PER_SECOND),
    "ratelimit-remaining": String(left),
  },
});
