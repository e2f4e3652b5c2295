import type { IncomingMessage } from "node:http";

const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Whether the request names this machine and, from a page, comes from a page served here. */
export function isSameOrigin({ headers }: IncomingMessage): boolean {
  const { host, origin } = headers;
  const named = host === undefined ? undefined : hostOf(`http://${host}`);
  if (named === undefined || !loopback.has(named.hostname)) return false;
  return origin === undefined || hostOf(origin)?.host === named.host;
}

function hostOf(address: string): URL | undefined {
  return URL.parse(address) ?? undefined;
}
