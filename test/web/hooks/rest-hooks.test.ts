import { afterAll, beforeAll, expect, test } from "vitest";
import { connectionName } from "#domain/ids.ts";
import { closeHouses } from "../house.ts";
import { type GuestHouse, houseOf, shapeOf } from "./guests.ts";

let home: GuestHouse;
beforeAll(async () => void (home = await houseOf("zapier")));
afterAll(closeHouses);

const ask = (path: string, method: string, body?: unknown, key: string | null = home.token) =>
  fetch(home.at(path), {
    method,
    headers: {
      "content-type": "application/json",
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const target = "https://hooks.zapier.com/hooks/standard/1/abc/";
const asked = { target_url: target, event: "customer.created" };

test("a Zap asks to be told, and takes it back", async () => {
  const made = await ask("/hooks/subscriptions", "POST", asked);
  const { id } = (await made.json()) as { id: string };
  expect([made.status, id]).toEqual([201, expect.stringMatching(/^sub_/)]);
  expect(home.subscriptions.rows).toMatchObject([{ event: "customer.created", url: target }]);
  expect((await ask(`/hooks/subscriptions/${id}`, "DELETE")).status).toBe(204);
  expect(home.subscriptions.rows).toEqual([]);
  // Zapier asks once more where it did not hear the answer.
  expect((await ask(`/hooks/subscriptions/${id}`, "DELETE")).status).toBe(204);
});

test("the same event may be asked for by several Zaps", async () => {
  const ids = [];
  for (const hook of ["one", "two"]) {
    const answer = await ask("/hooks/subscriptions", "POST", {
      ...asked,
      target_url: target + hook,
    });
    ids.push(((await answer.json()) as { id: string }).id);
  }
  expect(new Set(ids).size).toBe(2);
  for (const id of ids) await ask(`/hooks/subscriptions/${id}`, "DELETE");
});

test.each([
  "http://hooks.zapier.com/hooks/standard/1/a/",
  "https://hooks.zapier.com.evil.example/",
  "https://evil.example/hooks.zapier.com",
  "https://user@hooks.zapier.com/",
  "https://hooks.zapier.com:8443/",
  "https://169.254.169.254/latest/meta-data",
  "https://[::ffff:169.254.169.254]/",
  "https://metadata.google.internal/",
  "file:///etc/passwd",
])("nobody is told at %s", async (url) => {
  const answer = await ask("/hooks/subscriptions", "POST", { ...asked, target_url: url });
  expect([answer.status, home.subscriptions.rows.length]).toEqual([422, 0]);
});

test("events there are none of, and what is no request, are refused in a sentence", async () => {
  const strange = await ask("/hooks/subscriptions", "POST", { ...asked, event: "world.ended" });
  expect(strange.status).toBe(422);
  expect(await strange.text()).toContain("customer.created");
  const odd = [{}, { ...asked, more: 1 }, { ...asked, target_url: "no address" }, [asked], "text"];
  for (const body of odd)
    expect((await ask("/hooks/subscriptions", "POST", body)).status).toBe(400);
  expect((await ask("/hooks/subscriptions", "GET")).headers.get("allow")).toBe("POST");
});

test("a sample has what an event has: flat, without nulls, with an id", async () => {
  const answer = await ask("/hooks/samples/customer.changed", "GET");
  const [sample] = (await answer.json()) as Record<string, unknown>[];
  expect(sample).toMatchObject({ id: "evt_sample", type: "customer.changed" });
  for (const value of Object.values(sample ?? {})) expect(typeof value).toBe("string");
  expect((await ask("/hooks/samples/world.ended", "GET")).status).toBe(422);
});

test("without the key everything is answered alike, and with another's too", async () => {
  const other = "Z".repeat(43);
  const tries = [null, other, `${home.token}x`, home.token.toLowerCase().replace("g", "G")];
  const shapes = [];
  for (const key of tries) {
    shapes.push(await shapeOf(await ask("/hooks/subscriptions", "POST", asked, key)));
    shapes.push(await shapeOf(await ask("/hooks/subscriptions/sub_1", "DELETE", undefined, key)));
    shapes.push(await shapeOf(await ask("/hooks/samples/customer.created", "GET", undefined, key)));
    shapes.push(await shapeOf(await ask("/hooks/events/customers", "POST", {}, key)));
  }
  for (const shape of shapes) expect(shape).toEqual(shapes[0]);
  expect(shapes[0]).toMatchObject({ status: 401, body: "" });
});

test("a Zap posts an event, once however often it tries", async () => {
  const headers = { "content-type": "application/json", authorization: `Bearer ${home.token}`, "idempotency-key": "run-1" }; // prettier-ignore
  const init = { method: "POST", headers, body: JSON.stringify({ record_id: "z1", name: "Ada" }) };
  const url = home.at("/hooks/events/customers");
  expect(await (await fetch(url, init)).json()).toEqual({ kept: 1 });
  expect(await (await fetch(url, init)).json()).toEqual({ kept: 0 });
  expect(home.inbox.all.filter(({ record }) => record === "z1")).toHaveLength(1);
  // In the address it would stand in logs of others.
  const astray = await fetch(home.at(`/hooks/${home.token}/customers`), init);
  expect(astray.status).toBe(401);
});

test("a new key ends the old one at once", async () => {
  const old = home.token;
  const fresh = await home.world.hooks.renew(connectionName("guest"), home.clock.now());
  expect((await ask("/hooks/samples/customer.created", "GET", undefined, old)).status).toBe(401);
  expect((await ask("/hooks/samples/customer.created", "GET", undefined, fresh)).status).toBe(200);
});
