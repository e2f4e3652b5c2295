import { expect, test } from "vitest";
import { openLimits } from "#sandbox/tools/monday/limits.ts";
import { type Monday, monday } from "./monday-call.ts";

const ME = "{ me { id } }";
const CREATE = 'mutation($b: ID!) { create_item(board_id: $b, item_name: "Once") { id } }';

test("every answer says what is left", async () => {
  await using desk = await monday({ seed: 1, limits: true });
  const { headers, data } = await desk.ask("{ complexity { before after query reset_in_x_seconds } me { id } }"); // prettier-ignore
  expect(headers.get("ratelimit-policy")).toBe('"minuteRate";q=2500;w=60, "concurrency";q=100;qu="concurrent-requests", "complexityMinute";q=10000000;w=60;qu="content-bytes"'); // prettier-ignore
  const { before, after, query } = data["complexity"] as Record<string, number>;
  expect(before).toBe(10_000_000);
  expect(after).toBe(Number(before) - Number(query));
  expect(headers.get("ratelimit")).toContain(`"complexityMinute";r=${String(after)}`);
});

test("complexity that is used up is told in three ways", async () => {
  await using desk = await monday({ seed: 1, limits: true });
  await desk.control("/_config", { complexity_per_minute: 15_000 });
  expect((await desk.ask(CREATE, { b: desk.board })).errors).toEqual([]);
  const heavy = () => desk.ask(CREATE, { b: desk.board });
  const usual = await heavy();
  expect(usual.status).toBe(429);
  expect(usual.errors[0]).toMatchObject({ message: "Complexity budget exhausted", extensions: { code: "COMPLEXITY_BUDGET_EXHAUSTED", status_code: 429 } }); // prettier-ignore
  expect(Number(usual.headers.get("retry-after"))).toBe(usual.errors[0]?.extensions.retry_in_seconds); // prettier-ignore
  await desk.control("/_config", { limit_form: "200" });
  const quiet = await heavy();
  expect([quiet.status, quiet.errors[0]?.extensions.code]).toEqual([200, "COMPLEXITY_BUDGET_EXHAUSTED"]); // prettier-ignore
  await desk.control("/_config", { limit_form: "old" });
  const old = await heavy();
  expect(old.status).toBe(200);
  expect(old.body).toMatchObject({ error_code: "ComplexityException", status_code: 429, errors: [expect.stringMatching(/^Complexity budget exhausted, query cost \d+ budget remaining \d+ out of 15000 reset in \d+ seconds$/)] }); // prettier-ignore
  expect((await desk.ask(ME)).status).toBe(200);
  expect(desk.stats()).toMatchObject({ limited: 3, creates: 1 });
});

test("one document may weigh five million at most", async () => {
  await using desk = await monday({ seed: 1, limits: true });
  const { errors } = await desk.ask("{ boards(limit: 100) { items_page(limit: 500) { items { board { columns { id } } column_values { id text value type is_leaf column { id title type } } } } } }"); // prettier-ignore
  expect(errors[0]?.extensions.code).toBe("maxComplexityExceeded");
});

test("the day's calls end at midnight, and asking on costs little", async () => {
  await using desk = await monday({ seed: 1, limits: true });
  await desk.control("/_config", { quota: "spent" });
  const { status, headers, errors } = await desk.ask(ME);
  expect([status, errors[0]?.extensions.code]).toEqual([429, "DAILY_LIMIT_EXCEEDED"]);
  const now = Date.now() / 1000;
  expect((now + Number(headers.get("retry-after"))) % 86_400).toBeLessThan(5);
  await desk.control("/_config", { quota: "fine" });
  expect((await desk.ask(ME)).status).toBe(200);
});

test("reading what is mirrored is limited by itself", async () => {
  await using desk = await monday({ seed: 4, limits: true });
  await desk.control("/_config", { mirrors_per_minute: 3 });
  const query = "query($b: [ID!]) { boards(ids: $b) { items_page(limit: 5) { items { id column_values(types: [mirror]) { ... on MirrorValue { value display_value } } } } } }"; // prettier-ignore
  const { status, data, errors, headers } = await desk.ask(query, { b: [desk.board] });
  expect(status).toBe(200);
  expect(errors).toHaveLength(2);
  expect(errors[0]?.path?.at(-1)).toBe("display_value");
  expect(errors[0]?.extensions).toMatchObject({ code: "FIELD_MINUTE_RATE_LIMIT_EXCEEDED", status_code: 429 }); // prettier-ignore
  expect(headers.get("retry-after")).not.toBeNull();
  // What may not be null takes with it what holds it, up to the board.
  expect(data).toEqual({ boards: [null] });
});

test("calls are counted by minute, by how many at once, and by day", () => {
  let now = Date.parse("2026-11-25T12:00:00Z");
  const limits = openLimits(true, () => now);
  const refused = () => {
    try {
      limits.enter()();
      return null;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  const open = Array.from({ length: 100 }, () => limits.enter());
  expect(refused()).toBe("maxConcurrencyExceeded");
  for (const leave of open) leave();
  let calls = 100;
  for (; refused() === null; calls += 1);
  expect([calls, refused()]).toEqual([2500, "RATE_LIMIT_EXCEEDED"]);
  now += 60_000;
  for (; calls < 9999; calls += 1) {
    now += 25;
    expect(refused()).toBeNull();
  }
  // What was refused has cost a tenth of a call each.
  now += 60_000;
  expect(refused()).toBe("DAILY_LIMIT_EXCEEDED");
  now += 86_400_000;
  expect(refused()).toBeNull();
});

test("a key is answered once, and again with the first answer, also after it failed", async () => {
  await using desk = await monday({ seed: 1 });
  const key = { "idempotency-key": "6a0a4a1e-8d8f-4b64-9a6f-000000000001" };
  const first = await desk.ask(CREATE, { b: desk.board }, key);
  const again = await desk.ask(CREATE, { b: desk.board }, key);
  expect(first.headers.get("idempotency-replayed")).toBeNull();
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect(again.body).toEqual(first.body);
  const other = { "idempotency-key": "6a0a4a1e-8d8f-4b64-9a6f-000000000002" };
  const failed = await desk.ask(CREATE, { b: "1" }, other);
  expect((await desk.ask(CREATE, { b: "1" }, other)).body).toEqual(failed.body);
  expect(desk.stats().creates).toBe(1);
  // Reads are never replayed.
  const read = await desk.ask(ME, {}, key);
  expect(read.data).toHaveProperty("me");
});

test("who may only look, or nothing at all, is told so in two ways", async () => {
  await using desk = await monday({ seed: 1 });
  await desk.control("/_config", { access: "viewer" });
  expect((await desk.ask(ME)).status).toBe(200);
  const denied = await desk.ask(CREATE, { b: desk.board });
  expect([denied.status, denied.errors[0]?.extensions.code]).toEqual([200, "USER_ACCESS_DENIED"]);
  await desk.control("/_config", { access: "none" });
  const { status, body } = await desk.ask(ME);
  expect(status).toBe(403);
  expect(body).toMatchObject({ data: [], errors: [{ path: ["me"], extensions: { code: "UserUnauthorizedException", status_code: 403 } }] }); // prettier-ignore
});

const nobody = async (desk: Monday, token: string) => desk.as(token).ask(ME);

test("a wrong token gets a text where others get an object", async () => {
  await using desk = await monday({ seed: 1 });
  const { status, body } = await nobody(desk, "wrong");
  expect([status, body]).toEqual([401, { errors: ["Not Authenticated"] }]);
  expect((await nobody(desk, `Bearer ${String(desk.credential["token"])}`)).status).toBe(200);
});
