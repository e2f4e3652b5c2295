import { expect, test } from "vitest";
import { addressOf, spokenIn } from "#connectors/auth/address.ts";
import { verify } from "#connectors/webhooks/index.ts";
import { SignInAgain } from "#domain/errors.ts";
import type { Signing } from "#connectors/auth/auth.ts";
import { any, auth, now } from "./kinds.ts";

const signed = (
  options: Record<string, unknown>,
  secret: Record<string, string>,
  request: Signing = any,
) => {
  const signature = auth(options).sign(secret, now, request);
  if (signature === null) throw new Error("It wants to be renewed");
  return signature;
};

test.each<[string, Record<string, unknown>, Record<string, string>, Record<string, string>]>([
  ["a bearer token", { kind: "bearer" }, { token: "pat-1\n" }, { authorization: "Bearer pat-1" }],
  ["ActiveCampaign", { kind: "header", header: "Api-Token" }, { token: "k" }, { "api-token": "k" }],
  ["Make", { kind: "header", prefix: "Token " }, { token: "k" }, { authorization: "Token k" }],
  ["monday's bare token", { kind: "header" }, { token: "k" }, { authorization: "k" }],
  // RFC 7617, 2 and 2.1.
  [
    "Basic",
    { kind: "basic" },
    { user: "Aladdin", password: "open sesame" },
    { authorization: "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==" },
  ],
  [
    "Basic in UTF-8",
    { kind: "basic" },
    { user: "test", password: "123£" },
    { authorization: "Basic dGVzdDoxMjPCow==" },
  ],
  [
    "Mailchimp",
    { kind: "basic", user: "any" },
    { token: "0a1b-us6 " },
    { authorization: `Basic ${btoa("any:0a1b-us6")}` },
  ],
])("%s is put into a header", (_what, options, secret, headers) => {
  const signature = signed(options, secret);
  expect(signature.headers).toEqual(headers);
  expect(addressOf("https://x.example/v3", "/a?b=c", signature)).toBe("https://x.example/v3/a?b=c");
});

test.each([
  ["?page=2", "https://x.example/list?page=2&api.key=a%26b%3Dc"],
  ["", "https://x.example/list?api.key=a%26b%3Dc"],
])("a key in the query goes beside %s and nowhere else", (query, url) => {
  const signature = signed({ kind: "query", name: "api.key" }, { token: "a&b=c" });
  expect(signature.headers).toEqual({});
  expect(addressOf("https://x.example", `/list${query}`, signature)).toBe(url);
  expect(spokenIn(signature)).toContain("a&b=c");
});

const hook = { kind: "url", hosts: ["hooks.zapier.com", "*.make.com"] };

test.each([
  [
    "https://hooks.zapier.com/hooks/catch/1/abc/",
    "/",
    "https://hooks.zapier.com/hooks/catch/1/abc/",
  ],
  [
    "https://hooks.zapier.com/hooks/catch/1/abc/",
    "/silent/",
    "https://hooks.zapier.com/hooks/catch/1/abc/silent/",
  ],
  [" https://hook.eu1.make.com/s3cret?x=1 ", "/?y=2", "https://hook.eu1.make.com/s3cret?x=1&y=2"],
  ["http://127.0.0.1:4107/catch/1/", "/", "http://127.0.0.1:4107/catch/1/"],
])("an address that is a secret is asked as it is: %s and %s", (url, path, whole) => {
  const signature = signed(hook, { url });
  expect(addressOf("https://elsewhere.example/base", path, signature)).toBe(whole);
  const told = spokenIn(signature).reduce((text, part) => text.replaceAll(part, ""), whole);
  expect(told).not.toMatch(/abc|s3cret|catch/);
});

test.each([
  "https://hooks.zapier.com.evil.example/hooks/",
  "https://evil.example/hooks.zapier.com/",
  "http://hooks.zapier.com/hooks/1/",
  "https://make.com/x",
  "https://notmake.com/x",
  "https://user:pass@hooks.zapier.com/hooks/",
  "https://169.254.169.254/latest",
  "http://[::1]/",
  "http://127.0.0.1.evil.example/",
  "ftp://hooks.zapier.com/",
  "hooks.zapier.com/hooks/1",
  "",
])("an address elsewhere is no catch hook: %s", (url) => {
  expect(() => signed(hook, { url })).toThrow(SignInAgain);
});

test("a key beside an address goes to the interface it is for, and not to the address", () => {
  const options = { ...hook, key: { host: "api", prefix: "Token " } };
  const secret = { url: "https://hook.eu1.make.com/s3cret", token: "k" };
  expect(signed(options, secret).headers).toEqual({});
  const asked = signed(options, secret, { ...any, host: "api" });
  expect(asked.headers).toEqual({ authorization: "Token k" });
  expect(signed(options, secret, { ...any, host: "files" }).headers).toEqual({});
});

test("there may be no address where others ask to be told", () => {
  expect(signed({ ...hook, optional: true }, {}).leads).toBeNull();
  expect(() => signed({ ...hook, optional: true }, { url: "https://evil.example" })).toThrow();
});

const vector = {
  secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  url: "https://shop.example/events?from=tieline",
};

test("an event is signed as Standard Webhooks says, over its own id, the time and what is sent", () => {
  const request = { host: null, id: "msg_1", body: '{"test": 2432232314}' };
  const { headers, leads } = signed({ kind: "standard_webhooks" }, vector, request);
  expect(leads).toEqual({ to: "whole", url: vector.url });
  expect(headers).toMatchObject({ "webhook-id": "msg_1", "webhook-timestamp": "1795435200" });
  const checked = verify(
    { method: "POST", url: vector.url, headers, body: Buffer.from(request.body) },
    { kind: "standard_webhooks", secret: "learned" },
    { secrets: [vector.secret], now },
  );
  expect(checked).toEqual({ ok: true, id: "msg_1" });
  expect(JSON.stringify(headers)).not.toContain(vector.secret.slice(6));
});

test.each([
  ["no secret", { url: vector.url, secret: "" }],
  ["a secret of a few bytes", { url: vector.url, secret: "whsec_c2hvcnQ=" }],
  ["an address without encryption", { ...vector, url: "http://shop.example/" }],
  ["an address with a password", { ...vector, url: "https://a:b@shop.example/" }],
  ["no address at all", { ...vector, url: "shop" }],
])("nothing is signed with %s", (_what, secret) => {
  expect(() => signed({ kind: "standard_webhooks" }, secret)).toThrow(SignInAgain);
});

test.each<[string, Record<string, unknown>, Record<string, string>]>([
  ["nothing", { kind: "bearer" }, {}],
  ["only blanks", { kind: "header" }, { token: " \n" }],
  ["a second header", { kind: "header" }, { token: "k\r\nx-admin: 1" }],
  ["a letter no key has", { kind: "bearer" }, { token: "pat-1…" }],
  ["no password", { kind: "basic" }, { user: "u" }],
  ["a user that would end early", { kind: "basic" }, { user: "a:b", password: "c" }],
])("%s is no key, and what was given is not said", (_what, options, secret) => {
  const said = (): string => {
    try {
      return JSON.stringify(signed(options, secret));
    } catch (error) {
      expect(error).toBeInstanceOf(SignInAgain);
      return String(error);
    }
  };
  expect(said()).not.toMatch(/pat-1|x-admin/);
});

test.each([
  { kind: "header", header: "Host" },
  { kind: "header", header: "content-length" },
  { kind: "header", header: "X Key" },
  { kind: "header", header: "a\r\nb" },
  { kind: "header", prefix: "Token\n" },
  { kind: "query", name: "a&b" },
  { kind: "basic", user: "a:b" },
  { kind: "url", hosts: [] },
  { kind: "url", hosts: ["*"] },
  { kind: "url", hosts: ["*.com/x"] },
])("%j is not a way of signing in", (options) => {
  expect(() => auth(options)).toThrow();
});
