import PQueue from "p-queue";

/**
 * Slack takes about one message a second in a channel. Each channel has a queue of its own, so a busy
 * one does not hold up the others. Once `closing` is aborted none is sent whose turn has not come, and
 * whoever waits for it gets the signal's reason.
 */
export function makePace(
  closing: AbortSignal,
  intervalMs = 1000,
): <T>(channel: string, post: () => Promise<T>) => Promise<T> {
  const queues = new Map<string, PQueue>();
  return (channel, post) => {
    let queue = queues.get(channel);
    if (!queue) {
      queue = new PQueue({ concurrency: 1, interval: intervalMs, intervalCap: 1 });
      queues.set(channel, queue);
    }
    const waiting = new AbortController();
    const giveUp = (): void => waiting.abort(closing.reason);
    if (closing.aborted) giveUp();
    closing.addEventListener("abort", giveUp, { once: true });
    // What is on its way is not left before it is known what became of it.
    const begin = () => {
      closing.removeEventListener("abort", giveUp);
      return post();
    };
    return queue.add(begin, { signal: waiting.signal });
  };
}
