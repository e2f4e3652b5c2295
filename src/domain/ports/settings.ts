/** The workspace's own settings. */
export type Settings = {
  /** Where cards go that no flow sends elsewhere; a channel id or `#name`. */
  channel: string;
  digest: { on: boolean; channel: string | null; time: string; zone: string };
};

export type SettingsStore = {
  get(): Promise<Settings>;
  set(change: Partial<Settings>): Promise<void>;
};

/** Sums over runs that ended in a span of time, for the digest and App Home. */
export type FlowFigures = {
  flow: string;
  runs: number;
  failedRuns: number;
  records: number;
  written: number;
  deadLettered: number;
  /** Of whole runs, in milliseconds; null where none ended. */
  medianMs: number | null;
  p95Ms: number | null;
};
export type DayFigures = { flow: string; day: string; records: number; failures: number };

export type Figures = {
  byFlow(from: Temporal.Instant, to: Temporal.Instant): Promise<readonly FlowFigures[]>;
  /** One row a flow and day of the zone, oldest first. */
  byDay(from: Temporal.Instant, to: Temporal.Instant, zone: string): Promise<readonly DayFigures[]>;
};
