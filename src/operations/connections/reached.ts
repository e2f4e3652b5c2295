import type { Connection } from "#domain/connection.ts";
import type { World } from "../world.ts";

/**
 * Where a tool reaches us, without a slash at the end; null where it cannot. A tool that is on this
 * machine itself, as in the sandbox, reaches what listens here.
 */
export function reachedFrom(
  { about }: Pick<World, "about">,
  { baseUrl }: Pick<Connection, "baseUrl">,
): string | null {
  const url = URL.parse(about.publicUrl());
  if (url === null) return null;
  if (isHere(url)) return isHere(URL.parse(baseUrl ?? "")) ? about.publicUrl() : null;
  return about.publicUrl();
}

const isHere = (url: URL | null): boolean =>
  url !== null && /^(localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0)$/.test(url.hostname);
