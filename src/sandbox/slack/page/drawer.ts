import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** On a narrow screen the sidebar is a drawer: focus goes in when it opens, Escape closes it, and focus goes back. */
export function useDrawer(open: boolean, onClose: () => void): RefObject<HTMLElement | null> {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    const before = document.activeElement;
    const current = box.current?.querySelector<HTMLElement>("[aria-current=page], a");
    current?.focus();
    const onKeyDown = (event: KeyboardEvent) => event.key === "Escape" && onClose();
    document.addEventListener("keydown", onKeyDown);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      if (before instanceof HTMLElement && box.current?.contains(document.activeElement))
        before.focus();
    };
  }, [open]);
  return box;
}
