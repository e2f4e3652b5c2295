import { expect, test } from "vitest";
import { addressOf } from "#connectors/auth/address.ts";
import { Unavailable } from "#domain/errors.ts";
import { any, after, asking, now, oauth, stale, trip } from "./kinds.ts";

const jwt = `h.${Buffer.from(JSON.stringify({ exp: 1_795_436_400 })).toString("base64url")}.s`;

test.each<[string, Record<string, unknown>, Record<string, string | number>, string | undefined]>([
  ["an hour", {}, { expires_in: 3600 }, "2026-11-23T12:59:00Z"],
  ["an hour, as text", {}, { expires_in: "3600" }, "2026-11-23T12:59:00Z"],
  ["a minute, of which half is used", {}, { expires_in: 60 }, "2026-11-23T12:00:30Z"],
  ["nobody says", {}, {}, undefined],
  ["nonsense", {}, { expires_in: -1 }, undefined],
  [
    "until the JWT ends (monday)",
    { lifetime: "jwt" },
    { access_token: jwt },
    "2026-11-23T12:19:00Z",
  ],
  ["a JWT without an end", { lifetime: "jwt" }, { access_token: "opaque" }, "2026-11-23T12:59:00Z"],
  ["until a 401 (Salesforce)", { lifetime: "unknown" }, { expires_in: 5 }, undefined],
])("an access token lasts: %s", async (_what, options, answer, until) => {
  const about = asking({ access_token: "a1", ...answer });
  const renewed = await oauth(options).renew?.(stale, about);
  expect(renewed?.secret["fresh_until"]).toBe(until);
});

test.each<
  [string, Record<string, unknown>, Record<string, string | number>, Temporal.Instant | null]
>([
  ["it does not end", {}, {}, null],
  [
    "QuickBooks' 100 days",
    { sign_in_lasts: { at: ["x_end", "x_hard"] } },
    { x_end: 8_640_000 },
    after(8_640_000),
  ],
  [
    "and its five years, once they are nearer",
    { sign_in_lasts: { at: ["x_end", "x_hard"] } },
    { x_end: 8_640_000, x_hard: 100 },
    after(100),
  ],
  ["Airtable's 60 idle days", { sign_in_lasts: { idle_days: 60 } }, {}, after(60 * 86_400)],
  ["a tool that says nothing after all", { sign_in_lasts: { at: ["x_end"] } }, {}, null],
  ["a rotating one that sent no successor", { rotates: true }, { expires_in: 600 }, after(600)],
])("when somebody has to sign in again: %s", async (_what, options, answer, expires) => {
  const about = asking({ access_token: "a1", ...answer });
  expect((await oauth(options).renew?.(stale, about))?.expires?.toString()).toBe(
    expires?.toString(),
  );
});

test.each<[string, Record<string, unknown>, Record<string, string | string[]>, string]>([
  ["as asked", { scopes: ["a", "b"] }, {}, "a b"],
  ["as answered", { scopes: ["a", "b"] }, { scope: "a" }, "a"],
  ["with commas", { scopes: ["a"], separator: "," }, { scope: "a,b" }, "a b"],
  ["as a list elsewhere", { scopes: ["a"], granted: "data.scopes" }, {}, "a"],
])("what was granted is known: %s", async (_what, options, answer, scope) => {
  const renewed = await oauth(options).browser?.redeem(
    "c",
    trip,
    asking({ access_token: "a", ...answer }),
  );
  expect(renewed?.secret["scope"]).toBe(scope);
});

test("the newest address the tool named is used, and its path stays that of the manifest", async () => {
  const salesforce = oauth({ base: "instance_url" });
  const first = await salesforce.renew?.(
    stale,
    asking({ access_token: "a", instance_url: "https://na1.salesforce.com/" }),
  );
  const second = await salesforce.renew?.(
    first?.secret ?? {},
    asking({ access_token: "b", instance_url: "https://na2.salesforce.com" }),
  );
  const signature = salesforce.sign(second?.secret ?? {}, now, any);
  expect(signature?.headers).toEqual({ authorization: "Bearer b" });
  const url =
    signature && addressOf("https://login.salesforce.com/services", "/query?q=1", signature);
  expect(url).toBe("https://na2.salesforce.com/services/query?q=1");
});

test.each(["ftp://na1.salesforce.com", "https://user:p@na1.salesforce.com", "na1", ""])(
  "an address that is none is not believed: %s",
  async (instance_url) => {
    const renewing = oauth({ base: "instance_url" }).renew?.(
      stale,
      asking({ access_token: "a", instance_url }),
    );
    await expect(renewing).rejects.toThrow(Unavailable);
  },
);
