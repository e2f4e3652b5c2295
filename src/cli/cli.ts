import type { Perform } from "#operations/contract.ts";

export type Sink = { write(text: string): unknown };

/** What the process a command line runs in gives it. */
export type Cli = {
  argv: readonly string[];
  version: string;
  /** Who is at the terminal: stands in the audit log. */
  user: string;
  stdout: Sink;
  stderr: Sink;
  isTTY: boolean;
  /** How wide the terminal is, in characters. */
  columns: number;
  /** Of a file the person named, relative to where they are. */
  readText(path: string): Promise<string>;
  /** Ctrl-C: stop waiting. */
  interrupted: AbortSignal;
  /** Hands the command to the Tieline that is running in this folder; undefined when none is. */
  ask(
    argv: readonly string[],
    files: Readonly<Record<string, string>>,
  ): Promise<number | undefined>;
  /** What a command works with when no other process has the folder. */
  open(): Promise<AsyncDisposable & { perform: Perform }>;
  start(): Promise<number>;
  worker(): Promise<number>;
  sandbox(asked: { only: readonly string[] | null }): Promise<number>;
  /** What is wrong in the text of a manifest. */
  lint(text: string, file: string): Promise<readonly Complaint[]>;
};

/** Something wrong in a file, where an editor would put the cursor. */
export type Complaint = { file: string; line: number; column: number; message: string };

/** Exit codes: the contract of every verb. */
export const exit = { done: 0, failed: 1, differences: 2, usage: 64, interrupted: 130 } as const;
