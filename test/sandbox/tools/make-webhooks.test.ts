import { expect, test } from "vitest";
import { dlqs, FAILING, FAILING_KEPT, INACTIVE, logs, make, TAKING, until, WAREHOUSE } from "./make-call.ts"; // prettier-ignore

const scenarioOf = async (tool: Awaited<ReturnType<typeof make>>, id: number) =>
  ((await tool.api("GET", `scenarios/${String(id)}`)).body as { scenario: object }).scenario;

test("what comes is accepted in plain text, and a scenario runs", async () => {
  await using tool = await make({ seed: 5 });
  const reply = await tool.hook(TAKING, { id: "evt_1" });
  expect([reply.status, reply.text, reply.headers.get("content-type")]).toEqual([200, "Accepted", "text/plain; charset=utf-8"]); // prettier-ignore
  const { scenarioLogs } = await until(() => logs(tool, 925_101), (found) => found.scenarioLogs.length === 1); // prettier-ignore
  expect(scenarioLogs).toMatchObject([{ status: 1, type: "auto", instant: true }]);
  expect(scenarioLogs[0]?.id).toMatch(/^[0-9a-f]{32}$/);
});

test("the address to connect by is the one that is answered so", async () => {
  await using tool = await make({ seed: 5 });
  const url = String(tool.credential["url"]);
  expect(await (await fetch(url, { method: "POST", body: "{}" })).text()).toBe("Accepted");
});

test("an instant scenario is switched off by its first error", async () => {
  await using tool = await make({ seed: 5 });
  await tool.hook(FAILING, { id: "evt_1" });
  const { scenarioLogs } = await until(() => logs(tool, 925_103), (found) => found.scenarioLogs.length === 1); // prettier-ignore
  expect(scenarioLogs).toMatchObject([{ status: 3, error: { message: "The recipient address is empty." } }]); // prettier-ignore
  expect(await scenarioOf(tool, 925_103)).toMatchObject({ isActive: false, isinvalid: true });
  expect(await dlqs(tool, 925_103)).toEqual([]);
  expect((await tool.hook(FAILING, { id: "evt_2" })).text).toBe("Accepted");
});

test("one that keeps incomplete executions keeps what failed, and goes on", async () => {
  await using tool = await make({ seed: 5 });
  const before = (await dlqs(tool)).length;
  await tool.hook(FAILING_KEPT, { id: "evt_1", number: "SO-1" });
  const all = await until(() => dlqs(tool), (found) => found.length === before + 1); // prettier-ignore
  const { id, ...kept } = all.at(-1) ?? { id: "" };
  expect(kept).toMatchObject({ reason: "The recipient address is empty.", resolved: false, attempts: 0 }); // prettier-ignore
  expect((await tool.api("GET", `dlqs/${id}/bundle`)).body).toEqual({
    code: "OK",
    response: {
      "1": { id: "evt_1", number: "SO-1" },
      "3": { error: { type: "DataError", message: "The recipient address is empty." } },
    },
  });
  expect(await scenarioOf(tool, WAREHOUSE)).toMatchObject({ isActive: true, dlqCount: before + 1 });
});

test("while a scenario is off what comes waits, until the queue is full; on, it takes it all", async () => {
  await using tool = await make({ seed: 5 });
  await tool.control("/_edit", { object: "hooks", id: 304, set: { queueLimit: 2 } });
  const answers = [];
  for (const id of ["a", "b", "c"]) answers.push(await tool.hook(INACTIVE, { id }));
  expect(answers.map(({ status, text }) => [status, text])).toEqual([[200, "Accepted"], [200, "Accepted"], [400, "Queue is full"]]); // prettier-ignore
  expect((await tool.api("GET", "hooks/304")).body).toMatchObject({ hook: { queueCount: 2 } });
  const started = await tool.api("POST", "scenarios/925105/start");
  expect(started.body).toEqual({ scenario: { id: 925_105, isActive: true } });
  await until(() => logs(tool, 925_105), ({ scenarioLogs }) => scenarioLogs.length === 2); // prettier-ignore
  expect((await tool.api("GET", "hooks/304")).body).toMatchObject({ hook: { queueCount: 0 } });
});

test("a webhook that is gone, disabled, unknown, or asks for a key", async () => {
  await using tool = await make({ seed: 5 });
  const set = (values: object) => tool.control("/_edit", { object: "hooks", id: 301, set: values });
  await set({ apiKey: "k1" });
  const keyed = [await tool.hook(TAKING, {}), await tool.hook(TAKING, {}, { "x-make-apikey": "k1" })]; // prettier-ignore
  await set({ apiKey: null });
  await tool.api("POST", "hooks/301/disable");
  const disabled = await tool.hook(TAKING, {});
  await tool.api("POST", "hooks/301/enable");
  await set({ gone: true });
  const gone = await tool.hook(TAKING, {});
  const unknown = await tool.hook("nobody", {});
  expect([...keyed, disabled, gone, unknown].map(({ status }) => status)).toEqual([401, 200, 410, 410, 410]); // prettier-ignore
});

test("above 300 in ten seconds it is too many, at that webhook alone", async () => {
  await using tool = await make({ seed: 5, limits: true });
  await tool.control("/_edit", { object: "hooks", id: 304, set: { queueLimit: 0 } });
  const replies = await Promise.all(Array.from({ length: 310 }, () => tool.hook(INACTIVE, {})));
  const limited = replies.filter(({ status }) => status === 429);
  expect([limited.length, limited[0]?.text]).toEqual([10, "Too many requests"]);
  expect((await tool.hook(TAKING, {})).status).toBe(200);
  expect(tool.stats().limited).toBe(10);
});

test("webhooks are made, named, asked how they are, and taken away once that is confirmed", async () => {
  await using tool = await make({ seed: 5 });
  const made = await tool.api("POST", "hooks", { name: "Ours", teamId: 27, typeName: "gateway-webhook" }); // prettier-ignore
  const { hook } = made.body as { hook: { id: number; url: string; udid: string } };
  expect(hook).toMatchObject({ name: "Ours", teamId: 27, enabled: true, gone: false, scenarioId: null, queueLimit: 667 }); // prettier-ignore
  const at = `hooks/${String(hook.id)}`;
  await tool.api("POST", `${at}/learn-start`);
  expect((await tool.api("GET", `${at}/ping`)).body).toEqual({ address: hook.url, attached: false, learning: true, gone: false }); // prettier-ignore
  await tool.hook(hook.udid, { example: true });
  expect((await tool.api("GET", `${at}/ping`)).body).toMatchObject({ learning: false });
  expect((await tool.api("PATCH", at, { name: "Theirs" })).body).toMatchObject({ hook: { name: "Theirs" } }); // prettier-ignore
  expect((await tool.api("POST", `${at}/set-data`, { headers: true })).body).toEqual({ changed: true }); // prettier-ignore
  expect((await tool.api("DELETE", at)).status).toBe(200);
  expect((await tool.api("GET", at)).status).toBe(404);
  expect((await tool.api("DELETE", "hooks/301")).body).toMatchObject({ code: "IM004" });
  expect((await tool.api("DELETE", "hooks/301?confirmed=true")).status).toBe(200);
  const list = await tool.api("GET", "hooks?teamId=27&assigned=true");
  expect((list.body as { hooks: { id: number }[] }).hooks.map(({ id }) => id)).toEqual([302, 303, 304]); // prettier-ignore
  const wrong = await tool.api("POST", "hooks", { teamId: 1, typeName: "mail" });
  expect(wrong.body).toMatchObject({
    message: "Bad Request",
    suberrors: [
      { message: "'name' is required." },
      { message: "'teamId' is not valid." },
      { message: "'typeName' is not known." },
    ],
  });
});
