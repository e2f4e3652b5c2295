import { randomInt, randomUUID } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocketServer, type WebSocket } from "ws";
import type { Carrier, Kind, Receipt } from "./delivery.ts";
import { asFields, isFields, type Fields } from "./fields.ts";
import { newSecret } from "./names.ts";

export type SocketMode = Carrier &
  AsyncDisposable & {
    /** The address for one connection, good for one use within a minute. */
    ticketUrl(origin: string): string;
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
    /** Asks every connection to come back on a new one, as Slack does every few hours. */
    askToReconnect(reason?: "warning" | "refresh_requested"): void;
    /** As `askToReconnect`, again and again; 0 ends it. */
    askEvery(ms: number): void;
    /** Cuts every connection without a word. */
    cut(): void;
    connections(): number;
  };

const mostConnections = 10;
const ticketLivesMs = 60_000;
const pingMs = 5_000;
/** How long a connection may stay after it was asked to leave. */
const patienceMs = 10_000;
const goodbyeMs = 1_000;

type Options = { appId: string; timings: { ackMs: number }; changed: () => void };

/** Slack's end of Socket Mode: each payload goes to one connection, and is acknowledged there. */
export function openSocketMode({ appId, timings, changed }: Options): SocketMode {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Map<string, number>();
  const open = new Set<WebSocket>();
  const leaving = new WeakSet<WebSocket>();
  const waiting = new Map<string, (receipt: Receipt) => void>();

  const welcome = (socket: WebSocket) => {
    open.add(socket);
    say(socket, {
      type: "hello",
      num_connections: open.size,
      debug_info: { host: "applink-sandbox", build_number: 10, approximate_connection_time: 18060 },
      connection_info: { app_id: appId },
    });
    if (open.size > mostConnections) {
      say(socket, { type: "disconnect", reason: "too_many_websockets", debug_info: {} });
      leaving.add(socket);
    }
    socket.on("message", (data) => hear(String(data)));
    socket.on("close", () => {
      open.delete(socket);
      changed();
    });
    socket.on("error", () => socket.terminate());
    changed();
  };

  const hear = (text: string) => {
    const said = parse(text);
    const settle = waiting.get(String(said["envelope_id"]));
    settle?.({ kind: "acknowledged", answer: asFields(said["payload"]) });
  };

  const ping = setInterval(() => {
    for (const socket of open) socket.ping();
  }, pingMs);

  const askToReconnect = (reason: "warning" | "refresh_requested" = "refresh_requested") => {
    for (const socket of open) {
      leaving.add(socket);
      say(socket, { type: "disconnect", reason, debug_info: { host: "applink-sandbox" } });
      setTimeout(() => socket.terminate(), patienceMs).unref();
    }
  };
  let asking: NodeJS.Timeout | undefined;

  return {
    connected: () => open.size > 0,
    connections: () => open.size,

    ticketUrl(origin) {
      const ticket = newSecret();
      tickets.set(ticket, Date.now());
      return `${origin.replace("http", "ws")}/link/?ticket=${ticket}&app_id=${appId}`;
    },

    upgrade(request, socket, head) {
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
      const ticket = searchParams.get("ticket") ?? "";
      const made = tickets.get(ticket);
      tickets.delete(ticket);
      if (pathname !== "/link/" || made === undefined || Date.now() - made > ticketLivesMs) {
        socket.end("HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n");
        return;
      }
      server.handleUpgrade(request, socket, head, welcome);
    },

    send(kind, payload, retry) {
      const ready = [...open].filter((socket) => !leaving.has(socket) && socket.readyState === 1);
      const socket = ready[randomInt(Math.max(1, ready.length))];
      if (!socket) return Promise.resolve({ kind: "unreachable", why: "no connection" });
      const envelope_id = randomUUID();
      const { promise, resolve } = Promise.withResolvers<Receipt>();
      const late = setTimeout(() => resolve({ kind: "late" }), timings.ackMs);
      const lost = () => resolve({ kind: "unreachable", why: "connection closed" });
      socket.once("close", lost);
      waiting.set(envelope_id, resolve);
      say(socket, {
        envelope_id,
        type: kind,
        payload,
        accepts_response_payload: takesAnswer(kind, payload),
        ...(kind === "events_api" && {
          retry_attempt: retry?.attempt ?? 0,
          retry_reason: retry?.reason ?? "",
        }),
      });
      return promise.finally(() => {
        clearTimeout(late);
        socket.off("close", lost);
        waiting.delete(envelope_id);
      });
    },

    askToReconnect,

    askEvery(ms) {
      clearInterval(asking);
      asking = ms > 0 ? setInterval(askToReconnect, ms) : undefined;
    },

    cut() {
      for (const socket of open) socket.terminate();
    },

    async [Symbol.asyncDispose]() {
      clearInterval(ping);
      clearInterval(asking);
      // The client waits half a minute for the answer to its close frame: give it time to come.
      const goodbyes = [...open].map((socket) => {
        socket.close(1001);
        return once(socket, "close");
      });
      await Promise.race([Promise.all(goodbyes), sleep(goodbyeMs, undefined, { ref: false })]);
      for (const socket of open) socket.terminate();
      server.close();
    },
  };
}

const takesAnswer = (kind: Kind, payload: Fields) =>
  kind === "slash_commands" || (kind === "interactive" && payload["type"] !== "block_actions");

function say(socket: WebSocket, message: Fields) {
  socket.send(JSON.stringify(message));
}

function parse(text: string): Fields {
  try {
    const said: unknown = JSON.parse(text);
    return isFields(said) ? said : {};
  } catch {
    return {};
  }
}
