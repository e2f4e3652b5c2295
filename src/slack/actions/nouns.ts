import type { Action, Form } from "./action.ts";

/** What one noun's file holds. */
export type Noun = { actions: readonly Action[]; forms: readonly Form[] };

/** A value that a form was made to have; its absence is a bug of ours, not of the person's. */
export function metaText(meta: Readonly<Record<string, string | number>>, name: string): string {
  const value = meta[name];
  if (typeof value !== "string") throw new Error(`The form lost its ${name}.`);
  return value;
}
