import type { Limits } from "./rate-limits.ts";

export type Command = {
  command: string;
  description: string;
  usage_hint: string;
  /** Turns @names and #channels in the text into `<@U…>` and `<#C…>`, as the manifest says. */
  should_escape?: boolean;
};

export type AppSettings = {
  name: string;
  commands: Command[];
  scopes: string[];
  events: string[];
};

/** How long Slack waits; changed only by tests. */
export type Timings = { ackMs: number; triggerMs: number; eventRetriesMs: number[] };

export type SlackSettings = {
  app: AppSettings;
  requestUrl: string | null;
  tools: { name: string; url: string }[];
  timings: Timings;
  limits: Limits;
  /** What the workspace's plan and its admins allow. */
  canvases: "paid" | "free" | "restricted" | "disabled";
};
