import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** When the button somebody stands on goes away with an edit, focus stays at its box instead of falling out of the page. */
export function useFocusKept(box: RefObject<HTMLElement | null>, drawn: unknown): void {
  const inside = useRef(false);
  useLayoutEffect(() => {
    const element = box.current;
    if (inside.current && document.activeElement === document.body) element?.focus();
    const into = () => void (inside.current = true);
    const out = ({ relatedTarget }: FocusEvent) => {
      // With no next element it may be a removal; then the next drawing decides.
      if (relatedTarget) inside.current = false;
    };
    const press = () => void (inside.current = false);
    element?.addEventListener("focusin", into);
    element?.addEventListener("focusout", out);
    document.addEventListener("pointerdown", press, true);
    return () => {
      element?.removeEventListener("focusin", into);
      element?.removeEventListener("focusout", out);
      document.removeEventListener("pointerdown", press, true);
    };
  }, [drawn]);
}
