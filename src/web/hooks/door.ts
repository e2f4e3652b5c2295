import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { HookAnswer } from "#domain/ports/hooks.ts";
import type { Log } from "#domain/ports/world.ts";
import { readBody, Refused } from "../body.ts";
import { headers, lengthOf } from "../server.ts";
import { type Desk, type Given, handled } from "./desk.ts";
import { makeRate, type Pace } from "./rate.ts";
import { wayIn, type WayIn } from "./way-in.ts";

/** Everything below it is the door's. */
export const doorPath = /\/hooks\/.*/;

/** Nobody's message is larger: Zapier's and Slack's own limits are below it, events have 64 KiB. */
const bodyLimit = 1024 * 1024;
/** At a time: each holds a statement at the database, and syncs need that too. */
const mostAtATime = 100;

/** How much comes in: of one address of ours, and of one caller's network address. */
export type DoorPace = { perAddress: Pace; perCaller: Pace };

/**
 * 20 a second of one address is what the embedded database keeps beside a sync at full speed, and a message
 * may hold a hundred events. A burst of 200 is a bulk edit at a tool that tells each record alone. Postgres
 * keeps what comes at the same time in one statement, and there an address may have most of what one
 * process takes in. What is more comes again: every sender that we know repeats after a 429. Behind a proxy
 * all callers are one, so one may have more than a few addresses of ours take together.
 */
export const paceOf: Readonly<Record<"embedded" | "postgres", DoorPace>> = {
  embedded: {
    perAddress: { burst: 200, perSecond: 20 },
    perCaller: { burst: 1000, perSecond: 100 },
  },
  postgres: {
    perAddress: { burst: 20_000, perSecond: 10_000 },
    perCaller: { burst: 40_000, perSecond: 20_000 },
  },
};
/** Of one caller's network address, of what proves to be nobody's: who guesses tokens is slow. */
const strangersPace = { burst: 1000, perSecond: 100 };

/** Takes whatever tools and services send to the addresses they were given. Nothing of an address is logged. */
export function hookDoor(
  desk: Desk & { pace: DoorPace; publicUrl(): string; log: Log },
  now: () => number = () => performance.now(),
): RequestListener {
  const callers = makeRate(desk.pace.perCaller, now);
  const addresses = makeRate(desk.pace.perAddress, now);
  const strangers = makeRate(strangersPace, now);
  let inside = 0;

  async function answerTo(request: IncomingMessage, way: WayIn): Promise<HookAnswer> {
    const caller = request.socket.remoteAddress ?? "";
    const wait = strangers.wait(caller) || callers.take(caller) || addresses.take(way.token);
    if (wait > 0) return tooMany(wait);
    const body = await readBody(request, bodyLimit);
    if (inside >= mostAtATime) return tooMany(1);
    inside += 1;
    try {
      const answer = await handled(desk, way, givenIn(request, body, desk.publicUrl()));
      if (answer.status === 401) strangers.take(caller);
      return answer;
    } finally {
      inside -= 1;
    }
  }

  return (request, response) => {
    const way = wayIn(request);
    if (way === null) return send(response, { status: 404, headers: {}, body: "" });
    answerTo(request, way).then(
      (answer) => send(response, answer),
      (error: unknown) => {
        if (error instanceof Refused)
          return send(response, { status: error.status, headers: {}, body: "" });
        const id = randomUUID();
        desk.log.error("what was sent to us could not be taken", { request: id, error });
        send(response, { status: 500, headers: {}, body: JSON.stringify({ request: id }) });
      },
    );
  };
}

/** Whole seconds: Zapier reads no date there. Source: its platform's core, throw-for-throttling. */
const tooMany = (seconds: number): HookAnswer => ({
  status: 429,
  headers: { "retry-after": String(seconds) },
  body: "",
});

/** As the sender called it: some sign the address too, and know only the one they were given. */
const givenIn = (request: IncomingMessage, body: Buffer, publicUrl: string): Given => ({
  method: request.method ?? "GET",
  url: publicUrl + (request.url ?? "/"),
  headers: headersIn(request),
  body,
});

function headersIn(request: IncomingMessage): Readonly<Record<string, string>> {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers))
    given[name] = typeof value === "string" ? value : (value ?? []).join(", ");
  return given;
}

function send(response: ServerResponse, answer: HookAnswer): void {
  // Of what is left of a message that was not read to its end nothing is to be read.
  const closing = response.req.complete ? {} : { connection: "close" };
  const length = answer.status === 204 ? {} : lengthOf(answer.body);
  response
    .writeHead(answer.status, { ...headers, ...answer.headers, ...length, ...closing })
    .end(answer.body);
}
