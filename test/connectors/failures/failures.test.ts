import { NotPermitted, SignInAgain } from "#domain/errors.ts";
import type { HookAddress } from "#domain/ports/hooks.ts";
import { expect, test } from "vitest";
import { type Tried, tryTool } from "../acceptance/tool.ts";
import { never } from "../world.ts";

const failed = {
  id: "run-1",
  type: "zap.failed",
  zap_id: "241870015",
  zap_name: "Invoice paid, write an e-mail",
  zap_url: "https://zapier.com/editor/241870015",
  step: "2. Send an e-mail",
  error: "Error while sending e-mail: the recipient is empty.",
};

/** A message to the address of a connection, with whatever it says. */
const told = (tried: Tried, body: unknown, object = "failures") =>
  tried.world.tools.receive(
    tried.connection,
    {
      method: "POST",
      url: "https://tieline.example/hooks/events/failures",
      headers: { "content-type": "application/json", "idempotency-key": "" },
      body: Buffer.from(JSON.stringify(body)),
      object,
      address: "x" as HookAddress,
    },
    never,
  );

test("a Zap's failure is told with its Zap, its step, its words and its page", async () => {
  await using tried = await tryTool("zapier");
  const { answer, failures, changed } = await told(tried, failed);
  expect([answer.status, changed]).toEqual([202, []]);
  expect(failures).toEqual([
    {
      event: "run-1",
      automation: { id: "241870015", name: "Invoice paid, write an e-mail" },
      step: "2. Send an e-mail",
      message: "Error while sending e-mail: the recipient is empty.",
      page: "https://zapier.com/editor/241870015",
    },
  ]);
});

test.each([
  "https://zapier.com.evil.example/",
  "http://zapier.com/",
  "javascript:alert(1)",
  "https://evil.example/zapier.com",
  "https://user@evil.example",
  "not an address",
])("people are not led to %s", async (zap_url) => {
  await using tried = await tryTool("zapier");
  const { failures } = await told(tried, { ...failed, zap_url });
  expect(failures).toMatchObject([{ page: null }]);
});

test("what says nothing of a failure is none, and nothing of it is kept", async () => {
  await using tried = await tryTool("zapier");
  const { id: _id, ...nameless } = failed;
  for (const body of [{}, [], "text", nameless, { ...failed, error: " " }, [failed, {}]]) {
    const { answer, failures } = await told(tried, body);
    expect([answer.status, failures]).toEqual([400, []]);
  }
});

test("only a tool that tells failures has an address for them", async () => {
  await using make = await tryTool("make");
  expect((await told(make, failed)).answer.status).toBe(404);
  await using webhook = await tryTool("webhook");
  expect((await told(webhook, failed)).answer.status).toBe(404);
});

test("incomplete executions are asked for, of the scenarios that have some alone", async () => {
  await using tried = await tryTool("make");
  const failures = await tried.world.tools.failures(tried.connection, never);
  expect(failures).toHaveLength(40);
  expect(failures?.[0]).toMatchObject({
    event: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    automation: { id: "925102", name: "Orders to the warehouse" },
    step: null,
    page: `${tried.tool.base_url}/_record/scenarios/925102`,
  });
  const page = await fetch(failures?.[0]?.page ?? "");
  expect(page.status).toBe(200);
  const { requests } = tried.tool.stats();
  expect(Object.entries(requests).filter(([name]) => name.includes("dlqs")).map(([, n]) => n)).toEqual([1]); // prettier-ignore
});

test("away from the sandbox the page of a scenario is where its organisation is", async () => {
  await using tried = await tryTool("make");
  const settings = { ...tried.connection.settings, zone: "https://us2.make.com" };
  // It is only asked here; where it leads is what counts.
  const connection = { ...tried.connection, settings };
  const [one] = (await tried.world.tools.failures(connection, never)) ?? [];
  expect(one?.page).toBe(`${tried.tool.base_url}/_record/scenarios/925102`);
});

test("without a team nothing is asked for; without a key, or with an ended one, that is said", async () => {
  await using tried = await tryTool("make");
  const { connection, world, tool } = tried;
  expect(await world.tools.failures({ ...connection, settings: {} }, never)).toBeNull();
  world.vault.secret = { url: tool.credential["url"] ?? "" };
  await expect(world.tools.failures(connection, never)).rejects.toThrow(SignInAgain);
  world.vault.secret = { ...tool.credential };
  await tried.control("/_config", { revoke: true });
  await expect(world.tools.failures(connection, never)).rejects.toThrow(/./);
  await expect(world.tools.failures(connection, never)).rejects.not.toThrow(NotPermitted);
});

test("one that was run again and went well is over", async () => {
  await using tried = await tryTool("make");
  const before = (await tried.world.tools.failures(tried.connection, never)) ?? [];
  const [one] = before;
  const headers = { authorization: `Token ${tried.tool.credential["token"] ?? ""}`, "content-type": "application/json" }; // prettier-ignore
  const api = `${tried.tool.base_url}/api/v2/dlqs/${one?.event ?? ""}`;
  await fetch(api, { method: "PATCH", headers, body: JSON.stringify({ blueprint: "{}" }) });
  await fetch(`${api}/retry`, { method: "POST", headers });
  await expect
    .poll(async () => (await tried.world.tools.failures(tried.connection, never))?.length)
    .toBe(before.length - 1);
});
