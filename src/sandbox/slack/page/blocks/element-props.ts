import type { Slot, Surface } from "../surface.ts";

/** What every element is drawn from. */
export type ElementProps<E> = { element: E; slot: Slot; surface: Surface };
