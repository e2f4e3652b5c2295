import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

const gap = 4;
const edge = 8;

/** Lays a floating list over everything, under what opened it, or above where there is more room. */
export function useAnchored(
  open: boolean,
  anchor: RefObject<HTMLElement | null>,
  floating: RefObject<HTMLElement | null>,
  fit: "wide" | "free",
): void {
  useLayoutEffect(() => {
    const box = floating.current;
    const by = anchor.current;
    if (!open || !box || !by) return undefined;
    box.showPopover();
    const place = () => lay(box, by.getBoundingClientRect(), fit);
    place();
    const resized = new ResizeObserver(place);
    resized.observe(box);
    addEventListener("scroll", place, true);
    addEventListener("resize", place);
    return () => {
      resized.disconnect();
      removeEventListener("scroll", place, true);
      removeEventListener("resize", place);
    };
  }, [open]);
}

function lay(box: HTMLElement, by: DOMRect, fit: "wide" | "free"): void {
  if (fit === "wide") box.style.width = `${by.width}px`;
  const below = innerHeight - by.bottom - gap - edge;
  const above = by.top - gap - edge;
  const down = below >= Math.min(box.scrollHeight, 320) || below >= above;
  box.style.maxHeight = `${Math.min(320, Math.max(80, down ? below : above))}px`;
  const { width, height } = box.getBoundingClientRect();
  box.style.left = `${Math.max(edge, Math.min(by.left, innerWidth - width - edge))}px`;
  box.style.top = `${down ? by.bottom + gap : by.top - gap - height}px`;
}
