import { expect, test } from "vitest";
import { type Account, mailchimp } from "./mailchimp-account.ts";

const together = (account: Account, count: number) =>
  Promise.all(Array.from({ length: count }, () => account.get<{ title: string } | null>("//ping")));

test("ten calls at once are the most, and some refusals have no body", async () => {
  await using account = await mailchimp({ seed: 0, limits: true });
  await account.control("/_config", { latency_ms: 200 });
  const answers = await together(account, 12);
  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused.map(({ status }) => status)).toEqual([429, 429]);
  expect(refused.map(({ body }) => body?.title ?? null).toSorted()).toEqual(["Too Many Requests", null]); // prettier-ignore
  expect(refused.some(({ headers }) => headers.has("retry-after"))).toBe(false);
  expect(account.stats().limited).toBe(2);
  expect((await account.get("//ping")).status).toBe(200);
});

test("a call that its caller gave up holds its connection all the same", async () => {
  await using account = await mailchimp({ seed: 0, limits: true });
  await account.control("/_config", { latency_ms: 400 });
  const headers = { authorization: `Bearer ${String(account.credential["token"])}` };
  const given = Array.from({ length: 10 }, () =>
    fetch(`${account.base_url}/3.0/ping`, { headers, signal: AbortSignal.timeout(100) }),
  );
  await Promise.allSettled(given);
  expect((await account.get("//ping")).status).toBe(429);
});

test("an error can be asked for by its name", async () => {
  await using account = await mailchimp({ seed: 0 });
  const asked = async (name: string) => {
    const { status, body } = await account.get<{ title: string }>("//ping", { "x-trigger-error": name }); // prettier-ignore
    return [status, body.title];
  };
  expect(await asked("APIKeyMissing")).toEqual([401, "API Key Missing"]);
  expect(await asked("TooManyRequests")).toEqual([429, "Too Many Requests"]);
  expect(await asked("InternalServerError")).toEqual([500, "Internal Server Error"]);
  expect(await asked("InvalidMethodOverride")).toEqual([422, "Invalid Method Override"]);
});

test("faults are worded as Mailchimp words them, or say nothing", async () => {
  await using account = await mailchimp({ seed: 0 });
  await account.control("/_config", {
    faults: [
      { kind: "server_error" },
      { kind: "server_error", status: 502 },
      { kind: "expired_token" },
      { kind: "too_many_requests", retry_after: 5 },
    ],
  });
  const first = await account.get("//ping");
  expect(first).toMatchObject({ status: 500, body: { title: "Internal Server Error" } });
  expect(first.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  expect(await account.get("//ping")).toMatchObject({ status: 502, body: null });
  expect((await account.get("//ping")).status).toBe(401);
  expect((await account.get("//ping")).headers.get("retry-after")).toBe("5");
});
