import { createHmac } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import type { WebhooksSpec } from "#connectors/manifest/webhooks-spec.ts";
import { closeHouses } from "../house.ts";
import { houseOf } from "./guests.ts";

afterAll(closeHouses);

const asAsana: Partial<WebhooksSpec> = {
  body: "json",
  verify: { kind: "hmac", header: "X-Hook-Signature", secret: "learned", key: "text", algorithm: "sha256", encoding: "hex", prefix: "", signs: "body" }, // prettier-ignore
  handshake: { kind: "header", name: "X-Hook-Secret" },
  events: { each: "events", objects: ["customers"] },
};

test("a secret is learned once over its address, and messages are verified by it", async () => {
  const home = await houseOf("webhook", asAsana);
  const url = home.at(`/hooks/${home.token}`);
  const greet = (secret: string) =>
    fetch(url, { method: "POST", headers: { "x-hook-secret": secret } });
  const told = await greet("the-first-secret");
  expect([told.status, told.headers.get("x-hook-secret")]).toEqual([200, "the-first-secret"]);
  expect((await greet("the-first-secret")).status).toBe(200);
  const second = await greet("somebody-else's");
  expect([second.status, second.headers.get("x-hook-secret")]).toEqual([401, null]);

  const body = '{"events":[{"id":1}]}';
  const sign = (secret: string) => createHmac("sha256", secret).update(body).digest("hex");
  const message = (signature: string) =>
    fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "x-hook-signature": signature },
      body,
    });
  expect((await message(sign("the-first-secret"))).status).toBe(200);
  expect((await message(sign("somebody-else's"))).status).toBe(401);
});

test("a challenge in a GET comes back as text, and as nothing a browser would run", async () => {
  const home = await houseOf("webhook", {
    handshake: { kind: "query", name: "challenge" },
    events: { each: "$", objects: ["customers"] },
  });
  const ask = (challenge: string) =>
    fetch(home.at(`/hooks/${home.token}?challenge=${encodeURIComponent(challenge)}`));
  const script = "<script>alert(1)</script>";
  const answer = await ask(script);
  expect([answer.status, await answer.text()]).toEqual([200, script]);
  expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect((await ask("two\r\nlines")).status).toBe(401);
  const stranger = await fetch(home.at(`/hooks/${"A".repeat(43)}?challenge=x`));
  expect([stranger.status, await stranger.text()]).toEqual([401, ""]);
});

test("what is signed with the address is checked with the one that people call us by", async () => {
  const home = await houseOf("webhook", {
    body: "json",
    verify: { kind: "hmac", header: "X-Signature", secret: { field: "secret" }, key: "text", algorithm: "sha256", encoding: "base64", prefix: "", signs: "method_url_body_timestamp" }, // prettier-ignore
    events: { each: "$", objects: ["customers"] },
  });
  const outside = "https://tieline.example";
  home.world.about.publicUrl = () => outside;
  const path = `/hooks/${home.token}?via=proxy`;
  const { secret = "" } = home.safe.kept.get("guest") ?? {};
  const sign = (url: string) => createHmac("sha256", secret).update(`POST${url}{}`).digest("base64"); // prettier-ignore
  const send = (signature: string) =>
    fetch(home.at(path), {
      method: "POST",
      headers: { "content-type": "application/json", "x-signature": signature },
      body: "{}",
    });
  expect((await send(sign(outside + path))).status).toBe(200);
  expect((await send(sign(home.at(path).href))).status).toBe(401);
});
