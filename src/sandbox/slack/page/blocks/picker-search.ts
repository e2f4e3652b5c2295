import { useEffect, useMemo, useState } from "preact/hooks";
import type { Group } from "./choice-list.ts";

export type Found = { groups: Group[]; note: string | undefined };
/** The choices for what is typed; a promise when the app has to be asked. A rejection's message is shown. */
export type Search = (typed: string) => Group[] | Promise<Group[]>;

const nothing: Found = { groups: [], note: undefined };
const pause = 150;

/** What the list shows; an answer that comes after a newer question is dropped. */
export function useSearch(open: boolean, typed: string, search: Search): Found {
  const answer = useMemo(() => (open ? search(typed) : []), [open, typed]);
  const [late, setLate] = useState(nothing);
  useEffect(() => {
    if (Array.isArray(answer)) return undefined;
    let dropped = false;
    const put = (found: Found) => {
      if (!dropped) setLate(found);
    };
    const fail = (problem: unknown) =>
      put({ groups: [], note: problem instanceof Error ? problem.message : String(problem) });
    setLate(({ groups }) => ({ groups, note: groups.length > 0 ? undefined : "Looking…" }));
    answer.then((groups) => put(shown(groups)), fail);
    return () => void (dropped = true);
  }, [answer]);
  return Array.isArray(answer) ? shown(answer) : late;
}

function shown(groups: Group[]): Found {
  const empty = groups.every((group) => group.choices.length === 0);
  return { groups, note: empty ? "Nothing matches." : undefined };
}

/** Waits until the person pauses, so that each letter is not a request. */
export const afterPause = (): Promise<void> => new Promise((done) => void setTimeout(done, pause));
