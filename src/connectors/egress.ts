import { errors, Pool } from "undici";
import { answerMs } from "#domain/answer-time.ts";
import { addressCheck, type Allowed } from "./egress/address.ts";
import { Forbidden, guardedConnector, type Resolve } from "./egress/connect.ts";
import { NoAnswer, NotAsked } from "./egress/no-answer.ts";
import { streamOf } from "./egress/stream.ts";
import { type Headers, wholeAnswer } from "./egress/whole-answer.ts";

export type Outgoing = {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string | Uint8Array | null;
  signal: AbortSignal;
  /** All of it, from the first byte sent to the last one read. */
  totalMs?: number;
};

export type Incoming = {
  status: number;
  /** Names in small letters. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
};

/** An answer of which nothing but the head has come. Its bytes are read, or left alone by `leave`. */
export type Opened = Omit<Incoming, "body"> & {
  /** @throws NoAnswer where they break off, or are more than may be */
  bytes: AsyncIterable<Buffer>;
  leave(): void;
};

/**
 * The one door to the outside. Goes to allowed addresses only, follows at most three redirects of a
 * GET, and takes credentials to no other origin.
 * @throws NoAnswer when there was no whole answer; it says whether anything was sent
 */
export type Egress = AsyncDisposable & {
  send(request: Outgoing): Promise<Incoming>;
  /** Why this address would not be asked, as far as it tells by itself; null where it may be. */
  refusalOf(url: URL): string | null;
  /** The same for what may be too large to be held: a file. */
  open(request: Outgoing): Promise<Opened>;
};

export type EgressOptions = {
  allow: Allowed;
  resolve?: Resolve;
  /** The only origins it goes to, redirects included; without them all that is allowed. */
  origins?: readonly string[];
  /** Largest answer in bytes. */
  maxBytes?: number;
  /** The same of one that is opened. */
  maxStream?: number;
  headersMs?: number;
  /** Longest silence within an answer. */
  idleMs?: number;
};

const largestAnswer = 32 * 1024 * 1024;
const largestStream = 250 * 1024 ** 3;
/** A file may take its time, as long as it never falls silent. */
const longestStreamMs = 12 * 3_600_000;
const hops = 3;

/** Opens nothing until something is sent; disposing ends what is under way. */
export function makeEgress({
  allow,
  resolve,
  origins,
  maxBytes = largestAnswer,
  maxStream = largestStream,
  headersMs = answerMs,
  idleMs = 30_000,
}: EgressOptions): Egress {
  const check = addressCheck(allow);
  const connect = guardedConnector(check, resolve);
  const pools = new Map<string, Pool>();

  /** What may be asked once may be asked again: only who is named in an address differs. */
  const poolFor = (url: URL): Pool => {
    const open = pools.get(url.origin);
    if (open !== undefined && url.username === "" && url.password === "") return open;
    const refusal = check.refusalOf(url);
    if (refusal !== null) throw new NotAsked(`${url.host} was not asked: ${refusal}`);
    if (origins !== undefined && !origins.includes(url.origin))
      throw new NotAsked(`${url.host} was not asked: only ${origins.join(", ")} is`);
    const pool = new Pool(url.origin, {
      connect,
      connections: 32,
      headersTimeout: headersMs,
      bodyTimeout: idleMs,
      maxHeaderSize: 16_384,
      keepAliveTimeout: 10_000,
    });
    pools.set(url.origin, pool);
    return pool;
  };

  const asked = (url: URL, { method, body }: Outgoing, headers: Outgoing["headers"]) => ({
    method: method as "GET",
    path: url.pathname + url.search,
    // Nothing compressed: a few bytes must not become gigabytes.
    headers: { ...headers, "accept-encoding": "identity" },
    body,
  });

  const explaining =
    (url: URL, { signal }: Outgoing) =>
    (error: unknown): never => {
      signal.throwIfAborted();
      throw explain(url, error);
    };

  const whole = async (url: URL, request: Outgoing, headers: Outgoing["headers"]) => {
    const { signal, totalMs = 120_000 } = request;
    try {
      const pool = poolFor(url);
      signal.throwIfAborted();
      const about = { signal, totalMs, most: maxBytes };
      const answer = await wholeAnswer(pool, asked(url, request, headers), about);
      return { ...answer, headers: flat(answer.headers) };
    } catch (error) {
      return explaining(url, request)(error);
    }
  };

  const opened = async (url: URL, request: Outgoing, headers: Outgoing["headers"]) => {
    const failed = explaining(url, request);
    const deadline = AbortSignal.timeout(request.totalMs ?? longestStreamMs);
    const signal = AbortSignal.any([request.signal, deadline]);
    const ask = async () => poolFor(url).request({ ...asked(url, request, headers), signal });
    const { statusCode, headers: said, body } = await ask().catch(failed);
    const length = said["content-length"];
    return {
      status: statusCode,
      headers: flat(said),
      ...streamOf(body, length, maxStream, failed),
    };
  };

  /** Follows redirects of a GET; `drop` is told of each answer that only leads on. */
  async function follow<Answer extends Omit<Incoming, "body">>(
    request: Outgoing,
    one: (url: URL, request: Outgoing, headers: Outgoing["headers"]) => Promise<Answer>,
    drop: (answer: Answer) => void,
  ): Promise<Answer> {
    let url = parse(request.url);
    let { headers } = request;
    for (let hop = 0; ; hop++) {
      const answer = await one(url, request, headers);
      const onward = request.method === "GET" ? redirect(answer, url) : null;
      if (onward === null) return answer;
      drop(answer);
      if (hop === hops) throw new NoAnswer(`${url.host} redirects without end`, false);
      if (onward.origin !== url.origin) headers = withoutSecrets(headers);
      url = onward;
    }
  }

  return {
    refusalOf: (url) => check.refusalOf(url),
    send: (request) => follow(request, whole, () => undefined),
    open: (request) => follow(request, opened, (answer) => answer.leave()),
    async [Symbol.asyncDispose]() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}

function parse(text: string): URL {
  const url = URL.parse(text);
  if (url === null) throw new NoAnswer("That is not a web address", false);
  return url;
}

/** To another origin goes nothing but what is wanted, and from where on. */
const withoutSecrets = ({ range }: Outgoing["headers"]): Record<string, string> => ({
  accept: "application/json",
  ...(range === undefined ? {} : { range }),
});

function redirect({ status, headers }: Omit<Incoming, "body">, from: URL): URL | null {
  const location = headers["location"];
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return null;
  const url = URL.parse(location, from);
  if (url === null) throw new NoAnswer(`${from.host} redirects to nowhere`, false);
  return url;
}

function flat(headers: Headers): Record<string, string> {
  const one: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) one[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return one;
}

/** Failures that can only come before the first byte of a request has left. */
const beforeSending = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

function explain(url: URL, error: unknown): NoAnswer {
  if (error instanceof NoAnswer) return error;
  if (error instanceof Forbidden)
    return new NotAsked(`${url.host} was not asked: ${error.message}`);
  const code = codeOf(error);
  const sent = !beforeSending.has(code);
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError)
    return new NoAnswer(`${url.host} did not answer in time`, true, { cause: error });
  if (error instanceof DOMException && error.name === "TimeoutError")
    return new NoAnswer(`${url.host} did not answer in time`, true, { cause: error });
  return new NoAnswer(
    sent ? `${url.host} broke off its answer` : `${url.host} cannot be reached (${code})`,
    sent,
    { cause: error },
  );
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
