import { useEffect, useState } from "preact/hooks";

export type Notice = { id: number; text: string };

let notices: Notice[] = [];
let last = 0;
const listeners = new Set<(all: Notice[]) => void>();
const shownFor = 7000;

function publish(next: Notice[]): void {
  notices = next;
  for (const listener of listeners) listener(notices);
}

/** Says something in the corner for a few seconds, to screen readers too. */
export function notify(text: string): void {
  const id = ++last;
  publish([...notices.filter((notice) => notice.text !== text), { id, text }]);
  setTimeout(() => publish(notices.filter((notice) => notice.id !== id)), shownFor);
}

export function useNotices(): Notice[] {
  const [all, setAll] = useState(notices);
  useEffect(() => {
    listeners.add(setAll);
    return () => void listeners.delete(setAll);
  }, []);
  return all;
}
