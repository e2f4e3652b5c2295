import { expect, test } from "vitest";
import { claimsOf } from "#sandbox/tools/jwt.ts";
import { SIGNING_SECRET } from "#sandbox/tools/monday/access.ts";
import { type Monday, monday } from "./monday-call.ts";
import { renew, signIn } from "./signing-in.ts";

const LEAST = "me:read account:read boards:read boards:write webhooks:read webhooks:write";
const ME = "{ me { id } }";

test("an app signs in with JSON and a verifier, and reads the end of its token in the token", async () => {
  await using desk = await monday({ seed: 1 });
  expect((await signIn(desk, { body: "json", scope: LEAST, pkce: false })).consent).toBe(400);
  const { state, redeem } = await signIn(desk, { body: "json", scope: LEAST });
  const { body } = await redeem();
  expect([state, body["token_type"], body["scope"]]).toEqual(["s<1>", "Bearer", LEAST]);
  expect(body).not.toHaveProperty("expires_in");
  const exp = Number(claimsOf(body.access_token, SIGNING_SECRET)?.["exp"]);
  expect(exp * 1000 - Date.now()).toBeGreaterThan(3_590_000);
  expect((await desk.as(`Bearer ${body.access_token}`).ask(ME)).status).toBe(200);
  const form = await signIn(desk, { body: "form", scope: LEAST });
  expect((await form.redeem()).status).toBe(400);
  expect((await fetch(`${desk.base_url}/oauth2/token`, { method: "POST" })).status).toBe(404);
});

test("each refresh brings another refresh token, and the one before is dead", async () => {
  await using desk = await monday({ seed: 1 });
  const first = desk.oauth?.refresh_token ?? "";
  const { body } = await renew(desk, "json", first);
  expect(body.refresh_token).not.toBe(first);
  expect((await renew(desk, "json", first)).body).toMatchObject({ error: "invalid_grant" });
  expect((await renew(desk, "json", body.refresh_token)).status).toBe(200);
});

test("a missing scope is told beside the data of the fields that have theirs", async () => {
  await using desk = await monday({ seed: 1 });
  const { redeem } = await signIn(desk, { body: "json", scope: "me:read" });
  const app = desk.as((await redeem()).body.access_token);
  const { status, data, errors } = await app.ask("{ me { name } boards { id } version { value } }");
  expect(status).toBe(200);
  expect(data).toMatchObject({ me: { name: "Olivia Berg" }, boards: null, version: { value: "2026-10" } }); // prettier-ignore
  expect(errors).toMatchObject([{ path: ["boards"], extensions: { code: "missingRequiredPermissions", status_code: 200 } }]); // prettier-ignore
  const write = await app.ask('mutation { create_item(board_id: 1, item_name: "x") { id } }');
  expect(write.errors[0]?.extensions.code).toBe("missingRequiredPermissions");
});

test("an app's reads and writes have a budget each", async () => {
  await using desk = await monday({ seed: 1, limits: true });
  const { redeem } = await signIn(desk, { body: "json", scope: LEAST });
  const app: Monday = desk.as((await redeem()).body.access_token);
  await desk.control("/_config", { complexity_per_minute: 24_000 });
  const write = () => app.ask('mutation($b: ID!) { create_item(board_id: $b, item_name: "x") { id } }', { b: desk.board }); // prettier-ignore
  expect((await write()).status).toBe(200);
  expect((await write()).status).toBe(429);
  expect((await app.ask(ME)).status).toBe(200);
});

test("an access token ends, the app can end its own, and removing the app ends everything", async () => {
  await using desk = await monday({ seed: 1 });
  await desk.control("/_config", { access_token_ms: 0 });
  const short = await renew(desk, "json", desk.oauth?.refresh_token ?? "");
  expect((await desk.as(short.body.access_token).ask(ME)).status).toBe(401);
  await desk.control("/_config", { access_token_ms: 60_000 });
  const { body } = await renew(desk, "json", short.body.refresh_token);
  const revoke = (client_secret: string) =>
    fetch(`${desk.base_url}/oauth_ms/oauth/revoke`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token: body.access_token, client_id: desk.oauth?.client_id, client_secret, token_type_hint: "access_token" }), // prettier-ignore
    });
  expect((await revoke("wrong")).status).toBe(401);
  expect((await desk.as(body.access_token).ask(ME)).status).toBe(200);
  expect(await (await revoke(desk.oauth?.client_secret ?? "")).json()).toEqual({ success: true });
  expect((await desk.as(body.access_token).ask(ME)).status).toBe(401);
  await desk.control("/_config", { revoke: true });
  expect((await desk.ask(ME)).status).toBe(401);
  expect((await renew(desk, "json", body.refresh_token)).status).toBe(400);
});
