import { expect, test } from "vitest";
import { type Dlq, dlqs, make, type Make, until, WAREHOUSE } from "./make-call.ts";

const one = async (tool: Make): Promise<Dlq> => (await dlqs(tool))[0] as Dlq;
const settled = (tool: Make, id: string, attempts: number) =>
  until(
    async () => (await dlqs(tool)).find((dlq) => dlq.id === id),
    (dlq) => dlq?.attempts === attempts,
  );

test("they are listed by scenario, and alone say more, but not why", async () => {
  await using tool = await make();
  const all = await dlqs(tool);
  expect(all.length).toBe(40);
  expect(Object.keys(all[0] ?? {})).toEqual(["id", "reason", "created", "size", "resolved", "retry", "attempts"]); // prettier-ignore
  const { body } = await tool.api("GET", `dlqs/${all[0]?.id ?? ""}`);
  expect(body).toMatchObject({
    dlq: { id: all[0]?.id, scenarioId: WAREHOUSE, scenarioName: "Orders to the warehouse", deleted: false }, // prettier-ignore
  });
  expect((body as { dlq: object }).dlq).not.toHaveProperty("reason");
  expect(await dlqs(tool, 925_101)).toEqual([]);
  expect((await dlqs(tool, WAREHOUSE, "&pg[offset]=38&pg[limit]=5")).length).toBe(2);
  const missing = await tool.api("GET", "dlqs");
  expect([missing.status, missing.body]).toEqual([400, { detail: "Missing value of required parameter 'scenarioId'.", message: "Bad Request", code: "SC400" }]); // prettier-ignore
  expect((await tool.api("GET", "dlqs/0000")).status).toBe(404);
});

test("errors that Make tries again by itself are marked", async () => {
  await using tool = await make();
  const all = await dlqs(tool);
  const alone = all.filter(({ retry }) => retry).map(({ reason }) => reason);
  expect(new Set(alone)).toEqual(new Set(["[429] Too many requests. Try again later.", "[503] The service is not reachable."])); // prettier-ignore
});

test("a retry fails as before while its cause is there, and is resolved once it is gone", async () => {
  await using tool = await make({ seed: 5 });
  const { id } = await one(tool);
  expect((await tool.api("POST", `dlqs/${id}/retry`)).body).toEqual({ dlq: id });
  expect(await settled(tool, id, 1)).toMatchObject({ resolved: false });
  await tool.control("/_edit", { object: "scenarios", id: WAREHOUSE, set: { does: "take" } });
  await tool.api("POST", `dlqs/${id}/retry`);
  expect(await settled(tool, id, 2)).toMatchObject({ resolved: true });
  const { scenarioLogs } = (await tool.api("GET", `dlqs/${id}/logs`)).body as { scenarioLogs: { status: number }[] }; // prettier-ignore
  expect(scenarioLogs.map(({ status }) => status)).toEqual([3, 1]);
  expect((await tool.api("POST", `dlqs/${id}/retry`)).status).toBe(400);
});

test("a blueprint that was put right lets the retry through", async () => {
  await using tool = await make({ seed: 5 });
  const { id } = await one(tool);
  const blueprint = { flow: [{ id: 3 }], name: "Orders to the warehouse", metadata: {} };
  const wrong = await tool.api("PATCH", `dlqs/${id}`, { blueprint });
  expect(wrong).toMatchObject({ status: 400, body: { suberrors: [{ message: "'blueprint' is not a blueprint." }] } }); // prettier-ignore
  const set = await tool.api("PATCH", `dlqs/${id}`, { blueprint: JSON.stringify(blueprint), failer: 3 }); // prettier-ignore
  expect(set.body).toEqual({ dlq: { failer: 3, blueprint } });
  expect((await tool.api("GET", `dlqs/${id}/blueprint`)).body).toEqual({ code: "OK", response: { blueprint } }); // prettier-ignore
  await tool.api("POST", `dlqs/${id}/retry`);
  expect(await settled(tool, id, 1)).toMatchObject({ resolved: true });
});

test("many are retried at once: by name, or all but some", async () => {
  await using tool = await make({ seed: 6 });
  await tool.control("/_edit", { object: "scenarios", id: WAREHOUSE, set: { does: "take" } });
  const [a, b, c] = (await dlqs(tool)).map(({ id }) => id);
  const retry = (body: object) => tool.api("POST", `dlqs/retry?scenarioId=${String(WAREHOUSE)}`, body); // prettier-ignore
  await retry({ ids: [a] });
  await until(() => dlqs(tool), (all) => all.filter(({ resolved }) => resolved).length === 1); // prettier-ignore
  await retry({ all: true, exceptIds: [b, c] });
  const all = await until(() => dlqs(tool), (found) => found.filter(({ resolved }) => resolved).length === 4); // prettier-ignore
  expect(all.flatMap(({ id, resolved }) => (resolved ? [] : id))).toEqual([b, c]);
  expect((await retry({})).status).toBe(400);
});

test("all are deleted only when that is confirmed", async () => {
  await using tool = await make({ seed: 6 });
  const [kept] = (await dlqs(tool)).map(({ id }) => id);
  const path = `dlqs?scenarioId=${String(WAREHOUSE)}`;
  const unsure = await tool.api("DELETE", path, { all: true });
  expect([unsure.status, unsure.body]).toMatchObject([406, { code: "IM004" }]);
  expect((await dlqs(tool)).length).toBe(6);
  expect((await tool.api("DELETE", `${path}&confirmed=true`, { all: true, exceptIds: [kept] })).status).toBe(200); // prettier-ignore
  expect((await dlqs(tool)).map(({ id }) => id)).toEqual([kept]);
});

test("what is being processed cannot be deleted, and the rest is deleted all the same", async () => {
  await using tool = await make({ seed: 6 });
  await tool.control("/_config", { run_ms: 300 });
  const [busy = "", other] = (await dlqs(tool)).map(({ id }) => id);
  await tool.api("POST", `dlqs/${busy}/retry`);
  const partly = await tool.api("DELETE", `dlqs?scenarioId=${String(WAREHOUSE)}&confirmed=true`, { ids: [busy, other] }); // prettier-ignore
  expect([partly.status, partly.body]).toMatchObject([
    400,
    {
      detail:
        "Some of the executions could not be deleted because they are being processed right now.",
    },
  ]);
  const left = (await dlqs(tool)).map(({ id }) => id);
  expect([left.includes(busy), left.includes(other ?? ""), left.length]).toEqual([true, false, 5]);
});

test("more are made up on demand", async () => {
  await using tool = await make({ seed: 5 });
  expect((await tool.control("/_seed", { dlqs: 7 })).body).toEqual({ records: 12 });
  expect((await tool.control("/_seed", { scenarios: 7 })).status).toBe(400);
});
