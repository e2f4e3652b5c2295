import type { ConnectionName, FlowName } from "../ids.ts";

/** A flow that may use only a share of the calls which a tool allows in a day. */
export type Sharing = { flow: FlowName; share: number };

/** Rate limits are shared by every worker: how many calls this one may make now. */
export type Allowance = {
  /**
   * Draws up to `want` calls from the connection's bucket. Zero calls come with the milliseconds
   * until the next.
   */
  draw(bucket: Bucket, want: number): Promise<{ calls: number; waitMs: number }>;
  /** The tool said when to come back: nobody calls before. */
  closeUntil(bucket: Bucket, waitMs: number): Promise<void>;
};
export type Bucket = { connection: ConnectionName; name: string; calls: number; perMs: number };
