import type { Carrier, Receipt } from "./delivery.ts";
import type { Fields } from "./fields.ts";

type Refused = { at: string; method: string; error: string; detail: unknown };

export type Statistics = {
  called(method: string): void;
  refused(method: string, error: string, detail: unknown): void;
  /** The same carrier; what it sends and how it is acknowledged is counted. */
  counted(carrier: Carrier): Carrier;
  report(): Fields;
};

const keptRefusals = 100;

/** What has been called, refused and delivered since the start. */
export function makeStatistics(): Statistics {
  const calls: Record<string, number> = {};
  const refusals: Refused[] = [];
  const deliveries: Record<string, Record<Receipt["kind"], number>> = {};
  const acks = { count: 0, total_ms: 0, slowest_ms: 0 };

  return {
    called(method) {
      calls[method] = (calls[method] ?? 0) + 1;
    },
    refused(method, error, detail) {
      refusals.push({ at: new Date().toISOString(), method, error, detail });
      if (refusals.length > keptRefusals) refusals.shift();
    },
    counted: (carrier) => ({
      connected: carrier.connected,
      async send(kind, payload, retry) {
        const began = performance.now();
        const receipt = await carrier.send(kind, payload, retry);
        deliveries[kind] ??= { acknowledged: 0, late: 0, unreachable: 0 };
        deliveries[kind][receipt.kind] += 1;
        if (receipt.kind === "acknowledged") {
          const ms = performance.now() - began;
          acks.count += 1;
          acks.total_ms += ms;
          acks.slowest_ms = Math.max(acks.slowest_ms, ms);
        }
        return receipt;
      },
    }),
    report: () => ({ calls, deliveries, acks, refusals }),
  };
}
