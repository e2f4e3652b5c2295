/**
 * The new value, with every part that is equal to the old one replaced by the old one itself,
 * so that what did not change keeps its identity and is not drawn again. Both must be plain JSON.
 */
export function share<T>(old: unknown, next: T): T {
  if (Object.is(old, next)) return next;
  if (Array.isArray(old) && Array.isArray(next)) return shareArray(old, next) as T;
  if (isPlain(old) && isPlain(next)) return shareObject(old, next) as T;
  return next;
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function shareArray(old: unknown[], next: unknown[]): unknown[] {
  const shared = next.map((item, index) => share(old[index], item));
  const same = old.length === next.length && shared.every((item, index) => item === old[index]);
  return same ? old : shared;
}

function shareObject(
  old: Record<string, unknown>,
  next: Record<string, unknown>,
): Record<string, unknown> {
  const keys = Object.keys(next);
  const shared = Object.fromEntries(keys.map((key) => [key, share(old[key], next[key])]));
  const same =
    keys.length === Object.keys(old).length &&
    keys.every((key) => key in old && shared[key] === old[key]);
  return same ? old : shared;
}
