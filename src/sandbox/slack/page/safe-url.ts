const allowed = new Set(["http:", "https:", "mailto:", "tel:"]);

/** The address if a click on it is harmless; anything that could run code (`javascript:`, `data:`) gives undefined. */
export function safeUrl(url: string): string | undefined {
  try {
    return allowed.has(new URL(url).protocol) ? url : undefined;
  } catch {
    return undefined;
  }
}
