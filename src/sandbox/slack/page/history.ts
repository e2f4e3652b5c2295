const key = "tieline-sandbox-history";
const most = 100;

/** The lines this person sent, oldest first. */
export function sentLines(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(kept) ? kept.filter((line) => typeof line === "string") : [];
  } catch {
    return [];
  }
}

/** Remembers a line, the last of equal ones. */
export function rememberLine(line: string): void {
  const lines = [...sentLines().filter((other) => other !== line), line].slice(-most);
  localStorage.setItem(key, JSON.stringify(lines));
}
