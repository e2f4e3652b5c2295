import type { Clock } from "#domain/ports/world.ts";

export type Held<Value> = {
  /** What is held under this key, else what `read` finds. */
  of(key: string, read: () => Promise<Value>): Promise<Value>;
  clear(): void;
};

/** Whoever changes something elsewhere waits no longer than this until it counts here. */
const heldMs = 1000;

/** Keeps what was read for a second. What could not be read, or is not `there`, is read again by whoever asks next. */
export function holding<Value>(
  clock: Pick<Clock, "now">,
  there: (value: Value) => boolean = () => true,
): Held<Value> {
  const held = new Map<string, { value: Promise<Value>; until: number }>();
  return {
    of(key, read) {
      const now = clock.now().epochMilliseconds;
      const known = held.get(key);
      if (known !== undefined && now < known.until) return known.value;
      const value = read();
      const one = { value, until: now + heldMs };
      held.set(key, one);
      const drop = () => held.get(key) === one && held.delete(key);
      value.then((found) => there(found) || drop(), drop);
      return value;
    },
    clear: () => held.clear(),
  };
}
