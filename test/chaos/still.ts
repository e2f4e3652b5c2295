/** So long something may take that gets on at all, however busy the machine is. */
const longestMs = 300_000;
const lookMs = 1_000;

/**
 * Rejects, and says how things stand, once `progress` has told the same for five minutes: whoever waits for
 * what never comes would else learn nothing but that time ran out.
 */
export function watchStill(
  progress: () => string,
  standing: () => string,
): Disposable & { still: Promise<never> } {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  let last = { told: progress(), at: performance.now() };
  const looking = setInterval(() => {
    const told = progress();
    if (told !== last.told) last = { told, at: performance.now() };
    if (performance.now() - last.at > longestMs)
      reject(new Error(`Nothing has got on for five minutes: ${told}\n${standing()}`));
  }, lookMs).unref();
  return { still: promise, [Symbol.dispose]: () => clearInterval(looking) };
}
