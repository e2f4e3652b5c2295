/**
 * Text as Postgres takes it: NUL and lone surrogates, which it refuses or replaces silently, become
 * U+FFFD. A record's own bytes keep them.
 */
export const clean = (text: string): string => text.replaceAll("\0", "\uFFFD").toWellFormed();

export const cleanOrNull = (text: string | null): string | null =>
  text === null ? null : clean(text);
