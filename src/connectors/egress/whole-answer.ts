import type { Dispatcher } from "undici";
import { NoAnswer } from "./no-answer.ts";

export type WholeAnswer = { status: number; headers: Headers; body: Buffer };
export type Headers = Record<string, string | string[] | undefined>;

/**
 * Sends a request and waits for all of its answer. A page of records comes in a piece or two: streams for
 * them, and signals that are made of others for each, would cost more than everything else about it.
 * @throws NoAnswer when there are more than `most` bytes, the signal's reason, or what undici says
 */
export function wholeAnswer(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  { signal, totalMs, most }: { signal: AbortSignal; totalMs: number; most: number },
): Promise<WholeAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<WholeAnswer>();
  const chunks: Buffer[] = [];
  let size = 0;
  let answer = { status: 0, headers: {} as Headers };
  let sending: Dispatcher.DispatchController | null = null;
  let ended: { because: Error | null } | null = null;

  const end = (because: Error | null): void => {
    ended = { because };
    clearTimeout(deadline);
    signal.removeEventListener("abort", aborted);
  };
  const fail = (error: Error): void => {
    if (ended !== null) return;
    end(error);
    reject(error);
    sending?.abort(error);
  };
  const aborted = (): void => fail(reasonOf(signal));
  const deadline = setTimeout(() => fail(new DOMException("The time is up", "TimeoutError")), totalMs); // prettier-ignore
  signal.addEventListener("abort", aborted, { once: true });

  dispatcher.dispatch(request, {
    onRequestStart(controller) {
      sending = controller;
      if (ended !== null) controller.abort(ended.because ?? new NoAnswer("Nobody waits", false));
    },
    onResponseStart(_controller, status, headers) {
      answer = { status, headers };
      if (Number(headers["content-length"]) > most) fail(tooLarge(most));
    },
    onResponseData(_controller, chunk) {
      size += chunk.length;
      if (size > most) fail(tooLarge(most));
      else chunks.push(chunk);
    },
    onResponseEnd() {
      if (ended !== null) return;
      end(null);
      const [only] = chunks;
      const body = only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks, size);
      resolve({ ...answer, body });
    },
    onResponseError: (_controller, error) => fail(error),
  });
  return promise;
}

const reasonOf = ({ reason }: AbortSignal): Error =>
  reason instanceof Error ? reason : new Error("Somebody ended it", { cause: reason });

function tooLarge(most: number): NoAnswer {
  const size = most < 1_048_576 ? `${most / 1024} KB` : `${Math.floor(most / 1_048_576)} MB`;
  return new NoAnswer(`The answer is larger than ${size}`, true);
}
