import { setFlagsFromString } from "node:v8";

/**
 * How much the heap may grow between two thorough collections. By itself V8 lets it grow to four times
 * what is in use, which after a long run is memory that nobody needs; it reads this at each collection, so
 * that it may still be said now.
 */
export const keepHeapSmall = (): void => setFlagsFromString("--heap-growing-percent=30");
