import type { HookAnswer, HookOutcome } from "#domain/ports/hooks.ts";

export const said = (
  status: number,
  body: string,
  type = "text/plain; charset=utf-8",
): HookAnswer => ({ status, headers: { "content-type": type }, body });

/** Nothing new is known. */
export const nothing = { changed: [], records: [], failures: [] } as const;

/** Says nothing of why: whoever is no sender of ours learns nothing. */
export const refused = (status: number): HookOutcome => ({ answer: said(status, ""), ...nothing });
