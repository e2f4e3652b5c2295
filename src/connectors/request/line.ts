import { Readable } from "node:stream";
import PQueue from "p-queue";
import type { Connection } from "#domain/connection.ts";
import { RetryLater, SignInAgain, Unavailable } from "#domain/errors.ts";
import { onceSure, type Grip } from "#domain/grip.ts";
import type { Clock, Log } from "#domain/ports/world.ts";
import type { Egress, Incoming, Outgoing } from "../egress.ts";
import { NoAnswer, NotAsked } from "../egress/no-answer.ts";
import { textOfBytes } from "../json/bytes.ts";
import type { Lane } from "#domain/ports/lane.ts";
import {
  anyJson,
  beginning,
  contentOf,
  noContent,
  type Content,
  withoutCredential,
} from "./answer-text.ts";
import type { Budget } from "./budget.ts";
import type { Classify, Failure, Verdict } from "./classify.ts";
import { hearing } from "./heard.ts";
import { inTurn, stillIn, unlessLeft } from "./lane.ts";
import { type Limits, longestNap } from "./limits.ts";
import type { Prepared } from "./prepare.ts";
import type { Session } from "./session.ts";
import { AnsweredBadly, throwSystemic } from "./systemic.ts";

export type Answer = {
  status: number;
  headers: Readonly<Record<string, string>>;
  text: string;
} & Content;

/** What came, as it was: nobody has judged it. */
export type Seen = Pick<Answer, "status" | "headers" | "text">;

/** What came of a request, where it says something about what was asked for and not about the tool. */
export type Reply =
  { ok: true; answer: Answer } | { ok: false; verdict: Verdict; failure: Failure };

/** A file that comes. */
export type Download =
  | { ok: true; status: number; headers: Answer["headers"]; bytes: AsyncIterable<Buffer> }
  | (Reply & { ok: false });

/** A write whose outcome nobody can tell: no answer, or one that says nothing. */
export class OutcomeUnknown extends Error {
  override readonly name = "OutcomeUnknown";
}

/**
 * The way to one connection: limits, credential, retries, errors. Systemic failures are thrown.
 * Reads are tried a few times; a write is sent again only where the tool said it did nothing.
 */
export type Line = {
  read(request: Prepared, signal: AbortSignal): Promise<Reply>;
  /** @throws OutcomeUnknown when it may or may not have happened */
  write(request: Prepared, signal: AbortSignal): Promise<Reply>;
  /**
   * Reads what is too large to be held. Others may use the line as soon as the bytes begin to come.
   * The bytes throw NoAnswer where they break off.
   */
  open(request: Prepared, signal: AbortSignal): Promise<Download>;
  /**
   * Sends it once and hands over what came, whatever it is; to somebody else's address, where one is
   * given, without the credential. @throws NoAnswer @throws SignInAgain
   */
  once(request: Prepared, signal: AbortSignal, url?: string): Promise<Seen>;
  /**
   * Sends the same to somebody else's address, without the credential. That they are gone (410) is
   * answered and not thrown. @throws OutcomeUnknown
   */
  tell(url: string, request: Prepared, signal: AbortSignal): Promise<Reply>;
  /** The same connection for work that can wait: at most half of what it takes, after all others. */
  within(lane: Lane): Line;
  /** The same for whom another may take the work from: nothing leaves that is not sure to be theirs. */
  holding(grip: Grip): Line;
};

/** Where a request goes and as whom; statuses it `bears` are for the caller to understand. */
type Way = Pick<Session, "sign" | "refused"> & {
  bears: number | null;
  lane: Lane | null;
  grip: Grip | null;
};

export type LineParts = {
  connection: Connection;
  title: string;
  parallel: number;
  budget: Budget | null;
  classify: Classify;
  limits: Limits;
  session: Session;
  egress: Egress;
  clock: Clock;
  log: Log;
};

const tries = 4;
const waits = 3;

export function openLine(parts: LineParts): Line {
  const { title, budget, classify, limits, session, egress, clock, log } = parts;
  const queue = new PQueue({ concurrency: parts.parallel });
  const halfQueue = new PQueue({ concurrency: Math.max(1, Math.floor(parts.parallel / 2)) });
  const own: Way = { ...session, bears: null, lane: null, grip: null };

  /** `bytes`: where the answer was good and is left to be read. */
  type Exchange = (
    request: Outgoing,
  ) => Promise<{ incoming: Incoming; bytes: AsyncIterable<Buffer> | null }>;

  const whole: Exchange = async (request) => ({
    incoming: await egress.send(request),
    bytes: null,
  });
  const opening: Exchange = async (request) => {
    const { status, headers, bytes } = await egress.open(request);
    if (isGood(status)) return { incoming: { status, headers, body: nothing }, bytes };
    return { incoming: { status, headers, body: await beginning(bytes) }, bytes: null };
  };

  const attempt = async (request: Prepared, signal: AbortSignal, way = own): Promise<Reply> =>
    (await exchange(request, whole, signal, way)).reply;

  const exchange: typeof unnamed = (request, how, signal, way = own) =>
    unnamed(request, how, signal, way).catch((error: unknown) => {
      if (error instanceof SignInAgain && way.bears === null)
        error.connection ??= parts.connection.name;
      throw error;
    });

  async function unnamed(request: Prepared, how: Exchange, signal: AbortSignal, way = own) {
    for (let waited = 0, renewed = false; ;) {
      signal.throwIfAborted();
      budget?.check(title, clock.now());
      await unlessLeft(way.lane, signal, (until) => limits.take(request.limits, until));
      const { url, headers, spoken, secret } = await way.sign(request, signal);
      const { method, body } = request;
      const { incoming, bytes } = await hearing(request, { clock, spoken }, () =>
        // Last of all: what was sure when it began to wait may not be when it leaves.
        onceSure(way.grip, async () => {
          stillIn(way.lane);
          return how({ method, url, headers, body, signal });
        }),
      );
      budget?.see(incoming.headers, clock.now());
      const reply = understand(incoming, spoken, request);
      if (!concernsUs(way, reply)) return { reply, bytes };
      const { verdict } = reply;
      if (verdict.is === "rate_limited") {
        await limits.close(request.limits, verdict.waitMs);
        if (verdict.waitMs > longestNap || ++waited > waits)
          throw new RetryLater(`${title} asks us to wait`, verdict.waitMs);
        await unlessLeft(way.lane, signal, (until) => clock.sleep(verdict.waitMs, until));
      } else if (verdict.is === "sign_in_again" && !renewed) {
        const other = await way.refused(secret, signal);
        if (other === null) throwSystemic(title, verdict);
        // What somebody else had made may have ended as well by now.
        renewed = other === "made";
      } else {
        throwSystemic(title, verdict);
        return { reply, bytes };
      }
    }
  }

  function understand(
    incoming: Incoming,
    sent: readonly string[],
    { unread, fine = [] }: Pick<Prepared, "unread" | "fine">,
  ): Reply {
    const { status, headers } = incoming;
    if (unread && isGood(status)) return { ok: true, answer: { status, headers, text: "", ...noContent } }; // prettier-ignore
    const text = withoutCredential(textOfBytes(incoming.body), sent);
    const good = isGood(status) || fine.includes(status);
    const json = good ? goodJson(text, headers) : anyJson(text);
    if (good && !classify.failed(json.body))
      return { ok: true, answer: { status, headers, text, ...json } };
    const failure = { status, headers, body: json.body, text };
    return { ok: false, failure, verdict: classify.verdict(failure, clock.now()) };
  }

  /** @throws NoAnswer when a good status comes with something else than JSON or nothing */
  function goodJson(text: string, headers: Readonly<Record<string, string>>) {
    if (text.trim() === "") return noContent;
    try {
      return contentOf(text);
    } catch (error) {
      const type = headers["content-type"] ?? "no content type";
      throw new NoAnswer(`${title} answered with broken content (${type})`, true, { cause: error });
    }
  }

  async function again<Made>(
    make: () => Promise<Made>,
    signal: AbortSignal,
    { lane }: Way,
  ): Promise<Made> {
    for (let tried = 1; ; tried++) {
      try {
        return await make();
      } catch (error) {
        if (!(error instanceof NoAnswer) && !(error instanceof Unavailable)) throw error;
        if (tried >= tries || error instanceof NotAsked)
          throw new Unavailable(error.message, { cause: error });
        log.info("reading again", { tool: title, tried, because: error.message });
        const nap = Math.ceil(Math.random() * 500 * 2 ** tried);
        await unlessLeft(lane, signal, (until) => clock.sleep(nap, until));
      }
    }
  }

  async function write(request: Prepared, signal: AbortSignal, way: Way): Promise<Reply> {
    try {
      return await attempt(request, signal, way);
    } catch (error) {
      if (error instanceof NoAnswer && !error.sent)
        throw new Unavailable(error.message, { cause: error });
      if (error instanceof NoAnswer || error instanceof AnsweredBadly)
        throw new OutcomeUnknown(error.message, { cause: error });
      throw error;
    }
  }

  async function open(request: Prepared, signal: AbortSignal, way: Way): Promise<Download> {
    const { reply, bytes } = await exchange(request, opening, signal, way);
    if (!reply.ok) return reply;
    const { status, headers } = reply.answer;
    return { ok: true, status, headers, bytes: bytes ?? Readable.from([]) };
  }

  async function once(request: Prepared, signal: AbortSignal, there?: string): Promise<Seen> {
    await limits.take(request.limits, signal);
    const { sign } = there === undefined ? session : to(there, null);
    const { url, headers, spoken } = await sign(request, signal);
    const { method, body } = request;
    const { status, headers: said, body: came } = await egress.send({ method, url, headers, body, signal }); // prettier-ignore
    return { status, headers: said, text: withoutCredential(came.toString(), spoken) };
  }

  type Enter = <Made>(
    request: Prepared,
    signal: AbortSignal,
    task: () => Promise<Made>,
  ) => Promise<Made>;
  const enter: Enter = (_request, _signal, task) => queue.add(task);
  /** What waits for its share has no place among those that go out. */
  const enterAfterOthers =
    (lane: Lane): Enter =>
    (request, signal, task) =>
      inTurn(lane, (begun) =>
        halfQueue.add(async () => {
          budget?.check(title, clock.now(), "half");
          await unlessLeft(lane, signal, (until) => limits.takeHalf(request.limits, until));
          const begin = () => (begun(), task());
          return queue.add(begin, { priority: -1 });
        }),
      );

  const lineFor = (way: Way, enter: Enter): Line => ({
    read: (request, signal) =>
      enter(request, signal, () => again(() => attempt(request, signal, way), signal, way)),
    open: (request, signal) =>
      enter(request, signal, () => again(() => open(request, signal, way), signal, way)),
    write: (request, signal) => enter(request, signal, () => write(request, signal, way)),
    tell: (url, request, signal) =>
      enter(request, signal, () => write(request, signal, to(url, way.lane))),
    once,
    within: (lane) => lineFor({ ...way, lane }, enterAfterOthers(lane)),
    holding: (grip) => lineFor({ ...way, grip }, enter),
  });
  return lineFor(own, enter);
}

/** Whether there is something in an answer that the line itself may have to do something about. */
const concernsUs = ({ bears }: Way, reply: Reply): reply is Extract<Reply, { ok: false }> =>
  !reply.ok && (bears === null || reply.failure.status !== bears);

/** As nobody: whoever asked to be told knows who we are. */
const to = (url: string, lane: Lane | null): Way => ({
  sign: ({ headers }) =>
    Promise.resolve({ url, headers, spoken: [url, URL.parse(url)?.pathname ?? url], secret: {} }),
  refused: () => Promise.resolve(null),
  bears: 410,
  lane,
  grip: null,
});

const isGood = (status: number): boolean => status >= 200 && status < 300;

const nothing = Buffer.alloc(0);
