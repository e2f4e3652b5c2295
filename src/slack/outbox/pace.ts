import PQueue from "p-queue";

/**
 * Slack takes about one message a second in a channel. Each channel has a queue of its own, so a busy
 * one does not hold up the others.
 */
export function makePace(
  intervalMs = 1000,
): <T>(channel: string, post: () => Promise<T>) => Promise<T> {
  const queues = new Map<string, PQueue>();
  return (channel, post) => {
    let queue = queues.get(channel);
    if (!queue) {
      queue = new PQueue({ concurrency: 1, interval: intervalMs, intervalCap: 1 });
      queues.set(channel, queue);
    }
    return queue.add(post);
  };
}
