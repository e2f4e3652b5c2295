import { expect, test } from "vitest";
import { tools } from "#sandbox/tools/index.ts";
import { SECRET } from "#sandbox/tools/webhook/webhook.ts";
import { listener } from "./listener.ts";

async function save(address: string, values: Record<string, string>) {
  const response = await fetch(address, { method: "POST", body: new URLSearchParams(values) });
  return { status: response.status, text: await response.text() };
}

test.each(["zapier", "make"] as const)(
  "%s: a step is given its address and key by hand, and posts what somebody fills in",
  async (name) => {
    await using tool = await tools[name]({ folder: null, limits: false });
    await using receiver = await listener([{ status: 202 }]);
    const address = `${tool.base_url}/_steps`;
    const filled = { action: receiver.url, key: "k1", data: '{"record_id":"lead-1"}' };
    const { status, text } = await save(address, filled);
    expect([status, text]).toEqual([200, expect.stringMatching(/Saved\. The (Zap|scenario) ran/)]);
    const [{ headers, body } = { headers: new Headers(), body: "" }] = await receiver.until(1);
    expect(headers.get("authorization")).toBe("Bearer k1");
    expect(JSON.parse(body)).toEqual({ record_id: "lead-1" });
    expect(await (await fetch(address)).text()).toContain(`value="${receiver.url}"`);

    for (const [wrong, said] of [
      [{ action: "nowhere", key: "k1" }, "this is no address"],
      [{ action: receiver.url }, "Without the key"],
      [{ action: receiver.url, key: "k1", data: "{" }, "The data is no JSON"],
    ] as const) {
      const answer = await save(address, wrong);
      expect([answer.status, answer.text]).toEqual([400, expect.stringContaining(said)]);
    }
  },
);

test("the web service is told whom to send its events to, and sends one", async () => {
  await using tool = await tools.webhook({ folder: null });
  await using receiver = await listener([{ status: 202 }]);
  const address = `${tool.base_url}/_sending`;
  const event = { type: "customer.changed", subject: "w1", data: '{"id":"w1"}' };
  const sent = await save(address, { url: receiver.url, secret: SECRET, ...event });
  expect(sent.text).toContain("answered with 202");
  const [{ body } = { body: "" }] = await receiver.until(1);
  expect(JSON.parse(body)).toMatchObject({ type: "customer.changed", subject: "w1", data: { id: "w1" } }); // prettier-ignore
  const bad = await save(address, { url: receiver.url, secret: "short", ...event });
  expect(bad.status).toBe(400);
  expect(bad.text).toContain(`value="${receiver.url}"`);
});
