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
const keptAcks = 10_000;

/** What has been called, refused and delivered since the start. */
export function makeStatistics(): Statistics {
  const calls: Record<string, number> = {};
  const refusals: Refused[] = [];
  const deliveries: Record<string, Record<Receipt["kind"], number>> = {};
  const acks: number[] = [];

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
          acks.push(performance.now() - began);
          if (acks.length > keptAcks) acks.shift();
        }
        return receipt;
      },
    }),
    report: () => ({ calls, deliveries, acks: spread(acks), refusals }),
  };
}

/** How long the latest acknowledgements took. */
function spread(times: number[]) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  return { count: sorted.length, p50_ms: at(0.5), p99_ms: at(0.99), slowest_ms: sorted.at(-1) };
}
