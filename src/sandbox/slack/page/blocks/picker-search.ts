import { useEffect, useState } from "preact/hooks";
import type { Group } from "./choice-list.ts";

export type Found = { groups: Group[]; note: string | undefined };
/** The choices for what is typed; a promise when the app has to be asked. A rejection's message is shown. */
export type Search = (typed: string) => Group[] | Promise<Group[]>;

const nothing: Found = { groups: [], note: undefined };
const pause = 150;

/** What the list shows; an answer that comes after a newer question is dropped. */
export function useSearch(open: boolean, typed: string, search: Search): Found {
  const [found, setFound] = useState(nothing);
  useEffect(() => {
    if (!open) return undefined;
    let late = false;
    const show = (groups: Group[]) => {
      const empty = groups.every((group) => group.choices.length === 0);
      if (!late) setFound({ groups, note: empty ? "Nothing matches." : undefined });
    };
    const fail = (problem: unknown) => {
      if (!late)
        setFound({
          groups: [],
          note: problem instanceof Error ? problem.message : String(problem),
        });
    };
    const answer = search(typed);
    if (Array.isArray(answer)) show(answer);
    else {
      setFound(({ groups }) => ({ groups, note: groups.length > 0 ? undefined : "Looking…" }));
      answer.then(show, fail);
    }
    return () => void (late = true);
  }, [open, typed]);
  return found;
}

/** Waits until the person pauses, so that each letter is not a request. */
export const afterPause = (): Promise<void> => new Promise((done) => void setTimeout(done, pause));
