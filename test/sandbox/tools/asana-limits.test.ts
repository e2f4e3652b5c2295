import { expect, test } from "vitest";
import { openLimits } from "#sandbox/tools/asana/limits.ts";
import { json, type Request } from "#sandbox/tools/http.ts";
import { asana } from "./asana-call.ts";

const request = (method: string): Request => ({
  method,
  path: "/api/1.0/tasks",
  query: new URLSearchParams(),
  headers: {},
  body: "",
  raw: Buffer.alloc(0),
  params: {},
  origin: "",
});

test.each([
  ["GET", 50],
  ["PUT", 15],
])("of %s requests, %i may be open at once", async (method, most) => {
  const limits = openLimits(true);
  limits.plan = "paid";
  const { promise, resolve } = Promise.withResolvers<void>();
  const held = async () => {
    await promise;
    return json(200, {});
  };
  const open = Array.from({ length: most }, () => limits.guard(request(method), held));
  expect(await limits.guard(request(method), held)).toMatchObject({ status: 429, headers: { "retry-after": "1" } }); // prettier-ignore
  const other = method === "GET" ? "PUT" : "GET";
  const beside = limits.guard(request(other), held);
  resolve();
  expect(await beside).toMatchObject({ status: 200 });
  expect((await Promise.all(open)).map(({ status }) => status)).toEqual(Array(most).fill(200));
  expect(await limits.guard(request(method), held)).toMatchObject({ status: 200 });
});

test("what is refused counts too, so that asking on and on does not help", async () => {
  await using desk = await asana({ seed: 1, limits: true });
  for (let n = 0; n < 150; n += 1) expect((await desk.get("/users/me")).status).toBe(200);
  const first = await desk.get("/users/me");
  const wait = Number(first.headers.get("retry-after"));
  expect([first.status, wait > 55 && wait <= 60]).toEqual([429, true]);
  for (let n = 0; n < 20; n += 1) expect((await desk.get("/users/me")).status).toBe(429);
  expect(desk.stats().limited).toBe(21);
  await desk.control("/_config", { limits: false });
  expect((await desk.get("/users/me")).status).toBe(200);
});
