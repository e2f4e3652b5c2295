import { clockIn } from "../zone-time.ts";

const inZone = clockIn("America/Los_Angeles");

/** An instant as QuickBooks writes it: in the company's zone, to the second for records. */
export const localTime = (at: number, fine = false): string => inZone(at, fine ? 23 : 19);
