import { instant } from "../columns.ts";
import { bigint, pgTable, text } from "../drizzle.ts";

/**
 * How far each flow has come, and who works on it. A worker holds the flow as long as `epoch` is the
 * one it was given and `beat_at` (the database's time) is recent.
 */
export const flowProgress = pgTable("flow_progress", {
  flow: text().primaryKey(),
  epoch: bigint({ mode: "number" }).notNull().default(0),
  /** The run that is worked on under this epoch; null when none is. */
  run: text(),
  beatAt: instant("beat_at"),
  /**
   * The last sign of life of whoever announced requests and had the flow before; by the database's time, as
   * `beat_at` is. Null once somebody who has it announces some.
   */
  leftAt: instant("left_at"),
  /** JSON, read losslessly: it is the source's own. */
  checkpoint: text(),
  /** The same of its target, in a two-way flow. */
  backCheckpoint: text("back_checkpoint"),
  /** How often flows that go the other way have stored links for this one. */
  mirrored: bigint({ mode: "number" }).notNull().default(0),
});
