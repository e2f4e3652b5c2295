import { connect, type Socket } from "node:net";
import { signed } from "#connectors/webhooks/standard-webhooks.ts";
import { answerParent } from "./messages.ts";

/**
 * A service that sends signed events over connections it keeps open, one after the other on each, in a
 * process of its own: its requests are written out before, so that it costs this machine little.
 */

export type Sending = {
  /** Each has as many of them. */
  addresses: readonly string[];
  secret: string;
  deliveries: number;
  connections: number;
};
export type Sent = { seconds: number; statuses: Record<string, number>; milliseconds: number[] };

let requests: Buffer[] = [];

/** A customer of some 300 bytes, each another one. */
function written({ addresses, secret }: Sending, n: number): Buffer {
  const { host, pathname } = new URL(addresses[n % addresses.length] ?? "");
  const record = String(n);
  const id = `event-${String(n)}`;
  const data = {
    id: record,
    first_name: "Zoë",
    last_name: `Müller ${String(n)}`,
    email: `zoe.muller.${record}@example-${String(n % 997)}.com`,
    phone: `+1 212 555 ${String(n % 10_000).padStart(4, "0")}`,
    company_name: `Company ${String(n % 5003)} Ltd.`,
    notes: "Met at the trade fair; wants a quote for the spring order.",
  };
  const body = JSON.stringify({ specversion: "1.0", id, source: "/shop", type: "customer.changed", subject: record, data }); // prettier-ignore
  const timestamp = String(Math.floor(Date.now() / 1000));
  const head = [
    `POST ${pathname}/customers HTTP/1.1`,
    `host: ${host}`,
    "content-type: application/cloudevents+json; charset=UTF-8",
    `content-length: ${String(Buffer.byteLength(body))}`,
    `webhook-id: ${id}`,
    `webhook-timestamp: ${timestamp}`,
    `webhook-signature: ${signed(secret, { id, timestamp, body }) ?? ""}`,
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
}

/** The status of an answer once all of it is there. */
function statusIn(answer: string): string | null {
  const end = answer.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const length = /content-length: (\d+)/i.exec(answer.slice(0, end))?.[1];
  const whole = length === undefined ? answer.endsWith("0\r\n\r\n") : answer.length >= end + 4 + Number(length); // prettier-ignore
  return whole ? answer.slice(9, 12) : null;
}

async function send({ addresses: [address], connections }: Sending): Promise<Sent> {
  const { hostname, port } = new URL(address ?? "");
  const statuses: Record<string, number> = {};
  const milliseconds: number[] = [];
  let next = 0;

  const speak = (socket: Socket): Promise<void> =>
    new Promise((resolve, reject) => {
      let began = 0;
      let answer = "";
      const write = (): void => {
        const request = requests[next];
        if (request === undefined) return void (socket.end(), resolve());
        next += 1;
        began = performance.now();
        socket.write(request);
      };
      socket.on("data", (chunk: Buffer) => {
        answer += chunk.toString("latin1");
        const status = statusIn(answer);
        if (status === null) return;
        milliseconds.push(performance.now() - began);
        statuses[status] = (statuses[status] ?? 0) + 1;
        answer = "";
        write();
      });
      socket.on("error", reject);
      write();
    });

  const began = performance.now();
  const opened = Array.from({ length: connections }, () => connect({ host: hostname, port: Number(port), noDelay: true })); // prettier-ignore
  await Promise.all(opened.map(speak));
  return { seconds: (performance.now() - began) / 1000, statuses, milliseconds };
}

answerParent({
  async write(about: Sending) {
    requests = Array.from({ length: about.deliveries }, (_, n) => written(about, n));
  },
  send,
});
