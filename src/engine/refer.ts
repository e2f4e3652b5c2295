import type { Books } from "./books.ts";
import type { Open } from "./open.ts";
import type { makeReferences } from "./references.ts";

/**
 * Gives each record its references as the target knows them. One that waits for another record to
 * arrive has its fate in the books, and is left out of what is returned.
 */
export async function refer(
  references: ReturnType<typeof makeReferences>,
  records: readonly Open[],
  books: Pick<Books, "settle">,
): Promise<readonly Open[]> {
  const referred = await references(records.map(({ item }) => item.fields));
  return records.filter((open, index) => {
    const of = referred[index];
    // What it held last is there as the target knows it.
    if (of === undefined || open.step.kind === "archive" || open.first === "restore") return true;
    if (of.kind === "known") {
      open.item.fields = of.fields;
      return true;
    }
    books.settle(open.item, {
      kind: "dead",
      direction: "write",
      problem: of.problem,
      unlink: false,
    });
    return false;
  });
}
