import type { Log } from "#domain/ports/world.ts";
import { LogLevel, type Logger } from "@slack/bolt";

/** Bolt's warnings and errors in our log. Its lower levels print whole requests, so they are dropped. */
export function boltLogger(log: Log): Logger {
  const said = (parts: unknown[]): string => parts.map(String).join(" ").slice(0, 500);
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...parts: unknown[]) => log.warn(`slack: ${said(parts)}`),
    error: (...parts: unknown[]) => log.error(`slack: ${said(parts)}`),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}
