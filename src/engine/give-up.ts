import type { SourceRecord, Write } from "#domain/record.ts";
import { makeBooks } from "./books.ts";
import type { Claimed } from "./claimed.ts";
import { unknownYet } from "./item.ts";
import type { Ports } from "./ports.ts";
import { maybeWritten } from "./problems.ts";

type Content = Exclude<Write, { kind: "archive" }>;

const crashed = "the worker stopped before the answer came";

/**
 * What a crashed worker was sending, where no tool can tell whether it came: each record becomes a dead letter
 * for a person to decide. `answered`: the requests that are over with it.
 */
export async function giveUp(
  ports: Pick<Ports, "ledger" | "clock" | "chance" | "hash">,
  claimed: Claimed,
  sent: readonly Write[],
  { stored, answered }: { stored: (letters: number) => Promise<void>; answered: string[] },
): Promise<void> {
  const { flow, ends } = claimed;
  const writes = sent.filter((write): write is Content => write.kind !== "archive");
  const keys = writes.map(({ key }) => key);
  const records = keys.length === 0 ? [] : await ends.source.read(keys, claimed.calls);
  const byKey = new Map(records.map((record) => [record.id, record]));
  const known = await ports.ledger.look(flow.name, keys);
  const books = makeBooks(ports, claimed, stored);
  for (const { key, hash, fields } of writes) {
    const content = { fields, wide: fields, hash };
    books.settle(
      {
        key,
        record: byKey.get(key) ?? lost(key),
        content,
        fields,
        known: known.get(key) ?? unknownYet,
      },
      { kind: "dead", direction: "write", problem: maybeWritten(crashed), unlink: false },
    );
  }
  await books.close(writes.length, undefined, { answered, sendings: [] });
}

/** The source does not have it any more; what we meant to write is all there is. */
export const lost = (id: string): SourceRecord => ({
  id,
  changedAt: null,
  raw: () => new Uint8Array(),
  content: { kind: "gone" },
});
