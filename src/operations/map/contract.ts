import type { Pattern } from "./pattern.ts";

export type MapOperations = {
  /** All connections and flows, as a picture and in what it shows. */
  "flows.map": { in: Record<never, never>; out: FlowMap & { svg: string } };
};

/** Connections and the flows between them. */
export type FlowMap = {
  places: readonly MapPlace[];
  flows: readonly MapFlow[];
  pattern: Pattern;
};

export type MapPlace = {
  name: string;
  /** "QuickBooks" */
  title: string;
  /** What is wrong with it, in a word or two: "sign in again"; null where nothing is. */
  trouble: string | null;
};

export type MapFlow = {
  name: string;
  from: { connection: string; object: string };
  to: { connection: string; object: string };
  twoWay: boolean;
  /** Whether it starts on events. */
  event: boolean;
  /** Of our own, which; null where its source tells it. */
  on: string | null;
  /** Why it does not do its work: "paused", "held", "stopped"; null while it does. */
  trouble: string | null;
  /** Records that need a hand. */
  open: number;
};
