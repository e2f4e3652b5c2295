import { randomUUID } from "node:crypto";
import type { Answer, Request } from "../../http.ts";
import { rateWindow } from "../../rate-window.ts";
import type { Tool } from "../../tool-server.ts";
import { missingParam } from "../errors.ts";
import { monthSpent, throttled } from "../gateway-errors.ts";
import type { Access } from "./access.ts";

const MINUTE = 60_000;

export type Gate = {
  gate: Tool["gate"];
  /** Whether the limits hold. */
  on: boolean;
  /** Whether the month's allowance of reads is used up. */
  spent: boolean;
  readonly limited: number;
};

/** 500 requests a minute, 10 a second, 40 batches a minute, for one app and company. */
export function openGate(on: boolean, access: Access): Gate {
  const minute = rateWindow(500, MINUTE);
  const second = rateWindow(10, 1000);
  const batches = rateWindow(40, MINUTE);
  let limited = 0;

  function tooMany(request: Request): Answer | undefined {
    if (self.spent && reads(request)) return monthSpent();
    if (!self.on) return undefined;
    const isBatch = request.path.endsWith("/batch");
    const fits = second.take() && minute.take() && (!isBatch || batches.take());
    return fits ? undefined : throttled();
  }

  function refused(request: Request): Answer | undefined {
    const refusal = access.refusal(request);
    if (refusal !== undefined) return refusal;
    const limit = tooMany(request);
    if (limit !== undefined) {
      limited += 1;
      return limit;
    }
    const version = request.query.get("minorversion") ?? "";
    return /^\d{1,3}$/.test(version) ? undefined : missingParam("minorversion").answer;
  }

  const self = {
    on,
    spent: false,
    get limited() {
      return limited;
    },
    async gate(request: Request, next: () => Promise<Answer>): Promise<Answer> {
      const refusal = request.path.startsWith("/v3/") ? refused(request) : undefined;
      const answer = refusal ?? (await next());
      return { ...answer, headers: { ...answer.headers, intuit_tid: `1-${randomUUID()}` } };
    },
  };
  return self;
}

/** What takes data out is metered by the month ("CorePlus"), what brings data in is not. */
const reads = ({ method, path }: Request): boolean => method === "GET" || path.endsWith("/query");
