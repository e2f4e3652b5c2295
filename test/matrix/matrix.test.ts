import { entityNames, type EntityName } from "#domain/entities/index.ts";
import { hubName } from "#domain/hub.ts";
import { afterAll, describe, expect, test } from "vitest";
import { withStore } from "../support/with-store.ts";
import { openHub, openTool, toolNames, type Side } from "./ends.ts";
import { takeAcross } from "./pair.ts";
import { refusedBy } from "./refused.ts";
import { checkTable, type Cell } from "./table.ts";

const records = 50;
const cells: Cell[] = [];

/** Which tools have an entity to read and to write. */
const having = await (async () => {
  const found = new Map<EntityName, string[]>(entityNames.map((name) => [name, []]));
  for (const tool of toolNames) {
    await using side = await openTool(tool, "x");
    for (const { entity, reads, writes } of side.objects)
      if (reads && writes) found.get(entity)?.push(tool);
  }
  for (const name of entityNames) found.get(name)?.push(hubName);
  return found;
})();

const pairs = entityNames.flatMap((entity) => {
  const tools = [...new Set(having.get(entity))];
  return tools.flatMap((from) => tools.map((to) => ({ entity, from, to })));
});

describe.each(entityNames)("every %s", (entity) => {
  test.each(pairs.filter((pair) => pair.entity === entity))("$from to $to", ({ from, to }) =>
    withStore(async (store) => {
      const open = (tool: string, as: string): Promise<Side> =>
        tool === hubName ? Promise.resolve(openHub(store, as)) : openTool(tool as (typeof toolNames)[number], as); // prettier-ignore
      // A hub has one set of records; from the hub to itself there is nothing to bring.
      if (from === hubName && to === hubName) return;
      await using source = await open(from, "left");
      await using target = await open(to, "right");
      const refused = refusedBy[to]?.[entity] ?? null;
      const result = await takeAcross({ from: source, to: target, entity, records, refused });
      expect(result.different).toEqual([]);
      expect(result.created).toBe(records);
      expect(result.again).toMatchObject({ created: 0, updated: 0 });
      expect(result.again.writes ?? 0).toBe(0);
      expect(result.updated).toBe(true);
      if (refused !== null) expect(result.refusal).toMatch(/\w{3}/);
      cells.push({ entity, from, to, records: result.created });
    }),
  );
});

afterAll(() => checkTable(cells, pairs));
