/**
 * Whether this is the first time a key is seen within the last ten minutes. Slack delivers an event
 * again when it is not sure that we got it, and a signed request can be replayed for five minutes.
 */
export function makeOnce(now: () => Temporal.Instant): (key: string) => boolean {
  const seen = new Map<string, number>();
  const keptMs = 10 * 60_000;

  return (key) => {
    const at = now().epochMilliseconds;
    for (const [old, since] of seen) {
      if (at - since < keptMs) break;
      seen.delete(old);
    }
    if (seen.has(key)) return false;
    seen.set(key, at);
    return true;
  };
}
