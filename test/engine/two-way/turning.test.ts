import { expect, test } from "vitest";
import type { FlowPlan } from "#domain/flow.ts";
import { makePair, type Pair } from "../../support/memory/pair.ts";
import { changes, perform } from "../performing.ts";
import { conflictsOf, linked, shown } from "./linked.ts";

const change = (pair: Pair, twoWay: FlowPlan["twoWay"]) => {
  const { state: _state, version, ...plan } = pair.flow();
  const made = { by: "U1", at: pair.clock.now(), what: {} };
  return pair.ports.registry.changeFlow({ ...plan, twoWay }, version, made);
};
const ask = { default: "ask", fields: {} } as const;

async function inConflict() {
  const pair = makePair();
  const { s, t } = await linked(pair);
  pair.left.edit(s, { phone: "+332" });
  pair.right.edit(t, { phone: "+333" });
  await perform(pair, changes);
  expect(conflictsOf(pair)).toHaveLength(1);
  return { pair, s, t };
}

test("what was asked is over once the flow goes one way, and its source counts", async () => {
  const { pair } = await inConflict();
  await change(pair, null);
  expect(conflictsOf(pair)).toEqual([]);
  const oneWay = pair.ports.openFlow;
  Object.assign(pair.ports, { openFlow: async () => ({ ...(await oneWay()), back: null }) });
  await perform(pair, changes);
  expect([shown(pair.left), shown(pair.right)]).toMatchObject([
    [{ phone: "+332" }],
    [{ phone: "+332" }],
  ]);
  Object.assign(pair.ports, { openFlow: oneWay });
  await change(pair, ask);
  await perform(pair, changes);
  expect(conflictsOf(pair)).toEqual([]);
});

test("back to both ways it is asked again where there is still a difference", async () => {
  const { pair, t } = await inConflict();
  await change(pair, null);
  await change(pair, ask);
  await perform(pair, changes);
  expect(conflictsOf(pair)).toMatchObject([
    { fields: { phone: { base: "+331", source: "+332", target: "+333" } } },
  ]);

  await change(pair, null);
  pair.right.edit(t, { phone: "+332" });
  await change(pair, ask);
  await perform(pair, changes);
  expect(conflictsOf(pair)).toEqual([]);
});
