import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

type Sticky = {
  frame: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  /** True when something came in below what the reader looks at. */
  behind: boolean;
  toEnd: () => void;
};

const near = 40;
const places = new Map<string, number>();
const sending = "sent";

/** Whoever sends something wants to see what comes of it: the log goes to its end. */
export const announceSent = (): void => void document.dispatchEvent(new Event(sending));

/** Keeps a log at its end while the reader is there; elsewhere it does not move, and a place left is found again. */
export function useStickyScroll(place: string, newest: string | undefined): Sticky {
  const frame = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [behind, setBehind] = useState(false);
  const toEnd = () => frame.current?.scrollTo({ top: frame.current.scrollHeight });

  useLayoutEffect(() => {
    const box = frame.current;
    if (!box) return undefined;
    const left = places.get(place);
    atEnd.current = left === undefined;
    box.scrollTop = left ?? box.scrollHeight;
    setBehind(false);
    const onScroll = () => {
      atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < near;
      if (atEnd.current) places.delete(place);
      else places.set(place, box.scrollTop);
      if (atEnd.current) setBehind(false);
    };
    const onSent = () => {
      atEnd.current = true;
      toEnd();
    };
    box.addEventListener("scroll", onScroll, { passive: true });
    document.addEventListener(sending, onSent);
    return () => {
      box.removeEventListener("scroll", onScroll);
      document.removeEventListener(sending, onSent);
    };
  }, [place]);

  useEffect(() => {
    const box = frame.current;
    if (!box || !content.current) return undefined;
    const grown = new ResizeObserver(() => {
      if (atEnd.current) box.scrollTop = box.scrollHeight;
    });
    grown.observe(content.current);
    grown.observe(box);
    return () => grown.disconnect();
  }, []);

  const before = useRef({ place, newest });
  useLayoutEffect(() => {
    const came = before.current.place === place && before.current.newest !== newest;
    before.current = { place, newest };
    if (!came) return;
    if (atEnd.current) toEnd();
    else setBehind(true);
  }, [place, newest]);

  return { frame, content, behind, toEnd };
}
