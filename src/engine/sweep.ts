import type { Flow } from "#domain/flow.ts";
import type { Json } from "#domain/json.ts";
import type { Source } from "#domain/ports/tools.ts";
import type { Page } from "#domain/record.ts";
import type { Claimed } from "./claimed.ts";
import type { Ports } from "./ports.ts";

const atOnce = 200;

/** Whether a full read is followed by a look for deletes, one by one. */
export const isSwept = (
  { deletes }: Pick<Flow, "deletes">,
  { sweeps }: Pick<Source, "sweeps">,
): boolean => deletes !== "ignore" && sweeps !== "never";

/**
 * For sources that tell of a delete by nothing: the linked records that this read did not bring are
 * asked for one by one, and what is really gone comes as gone. A record that is there after all was
 * only out of sight and is left alone, so that nothing is ever deleted for a list that was cut short.
 */
export async function* sweep(
  { ledger }: Pick<Ports, "ledger">,
  { flow, ends, stop }: Pick<Claimed, "flow" | "ends" | "stop">,
  seen: ReadonlySet<string>,
  checkpoint: Json,
): AsyncGenerator<Page> {
  for (let after: string | null = null; ;) {
    const keys: readonly string[] = await ledger.keys(flow.name, after, atOnce);
    const unseen = keys.filter((key) => !seen.has(key));
    if (unseen.length > 0) {
      const records = await ends.source.read(unseen, stop);
      const gone = records.filter(({ content }) => content.kind === "gone");
      if (gone.length > 0) yield { records: gone, checkpoint };
    }
    after = keys.at(-1) ?? null;
    if (keys.length < atOnce) return;
  }
}
