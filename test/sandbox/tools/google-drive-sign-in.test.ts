import { createPublicKey, createSign, createVerify } from "node:crypto";
import { expect, test } from "vitest";
import { type Drive, drive, filesIn, idOf, reasonOf, search } from "./google-drive-call.ts";

const SCOPE = "https://www.googleapis.com/auth/";
const GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
type Key = { client_email: string; private_key: string; private_key_id: string; token_uri: string };
type Token = { access_token: string; refresh_token?: string; error?: string; error_description?: string }; // prettier-ignore

async function form(url: string, fields: Record<string, string>) {
  const answer = await fetch(url, { method: "POST", body: new URLSearchParams(fields) });
  return { status: answer.status, body: (await answer.json()) as Token & Record<string, unknown> };
}

/** Through the consent page, as a browser goes. */
async function consented(one: Drive, query: string, scope = `${SCOPE}drive`): Promise<Token> {
  const { authorize, token, client_id, client_secret } = one.tool.oauth as NonNullable<typeof one.tool.oauth>; // prettier-ignore
  const redirect_uri = "http://127.0.0.1:9/back";
  const asked = new URLSearchParams({ response_type: "code", client_id, redirect_uri, scope });
  const page = await (await fetch(`${authorize}?${asked.toString()}&${query}`)).text();
  const link = /id="allow" href="([^"]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const code = new URL(link).searchParams.get("code") ?? "";
  const given = { grant_type: "authorization_code", code, redirect_uri, client_id, client_secret };
  return (await form(token, given)).body;
}

const OFFLINE = "access_type=offline&prompt=consent";

test("only a request for offline access, with consent asked for, leads to a refresh token", async () => {
  await using one = await drive();
  expect(await consented(one, "prompt=consent")).not.toHaveProperty("refresh_token");
  expect(await consented(one, "access_type=offline")).not.toHaveProperty("refresh_token");
  const both = await consented(one, OFFLINE);
  expect(both).toMatchObject({ token_type: "Bearer", expires_in: 3599, scope: `${SCOPE}drive` });
  const { token, client_id, client_secret } = one.tool.oauth as NonNullable<typeof one.tool.oauth>;
  const renewal = { grant_type: "refresh_token", refresh_token: both.refresh_token ?? "", client_id, client_secret }; // prettier-ignore
  const renewed = await form(token, renewal);
  expect(renewed.body).not.toHaveProperty("refresh_token");
  expect((await one.as(renewed.body.access_token).get("files")).status).toBe(200);
  expect((await form(token, renewal)).status).toBe(200);
});

test("a token ends, and is revoked, as Google says it", async () => {
  await using one = await drive();
  await one.control("/_config", { access_token_ms: 0 });
  const { access_token } = await consented(one, OFFLINE);
  expect((await one.as(access_token).get("files")).body).toMatchObject({
    error: { code: 401, errors: [{ reason: "authError", message: "Invalid Credentials", location: "Authorization" }] }, // prettier-ignore
  });
  const none = await fetch(`${one.tool.base_url}/drive/v3/files`);
  expect(await none.json()).toMatchObject({ error: { errors: [{ reason: "required" }] } });
  const { token, client_id, client_secret, refresh_token } = one.tool.oauth as NonNullable<typeof one.tool.oauth>; // prettier-ignore
  await one.control("/_config", { revoke: true });
  expect(reasonOf(await one.get("files"))).toBe("401 authError");
  const dead = await form(token, { grant_type: "refresh_token", refresh_token, client_id, client_secret }); // prettier-ignore
  expect(dead).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
});

const keyOf = (one: Drive): Key => JSON.parse(String(one.tool.credential["service_account"])) as Key; // prettier-ignore
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

function assertion(key: Key, claims: object = {}, header: object = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const body = `${part({ alg: "RS256", typ: "JWT", kid: key.private_key_id, ...header })}.${part({
    iss: key.client_email,
    scope: `${SCOPE}drive`,
    aud: "https://oauth2.googleapis.com/token",
    iat: now,
    exp: now + 3600,
    ...claims,
  })}`;
  return `${body}.${createSign("RSA-SHA256").update(body).sign(key.private_key, "base64url")}`;
}

const minted = (one: Drive, text: string) =>
  form(keyOf(one).token_uri, { grant_type: GRANT, assertion: text });

test("a service account's signed word is worth a token, and never a refresh token", async () => {
  await using one = await drive();
  const { status, body } = await minted(one, assertion(keyOf(one)));
  expect(status).toBe(200);
  expect(body).toEqual({
    access_token: body.access_token,
    expires_in: 3599,
    token_type: "Bearer",
  });
  const about = await one.as(body.access_token).get("about?fields=user(emailAddress)");
  expect(about.body).toEqual({ user: { emailAddress: keyOf(one).client_email } });
  const own = await minted(one, assertion(keyOf(one), { aud: keyOf(one).token_uri }));
  expect(own.status).toBe(200);
});

test("the public half of the key is shown, and fits", async () => {
  await using one = await drive();
  const key = keyOf(one);
  const shown = await fetch(`${one.tool.base_url}/service_accounts/v1/jwk/${key.client_email}`);
  const { keys } = (await shown.json()) as { keys: [JsonWebKey & { kid: string }] };
  expect(keys[0].kid).toBe(key.private_key_id);
  const [head = "", body = "", signature = ""] = assertion(key).split(".");
  const verifier = createVerify("RSA-SHA256").update(`${head}.${body}`);
  const publicKey = createPublicKey({ key: keys[0] as never, format: "jwk" });
  expect(verifier.verify(publicKey, signature, "base64url")).toBe(true);
});

const old = Math.floor(Date.now() / 1000) - 7200;
test.each([
  [{ aud: "https://example.com/token" }, {}, "invalid_grant", "audience"],
  [{ iss: "somebody@else.example" }, {}, "invalid_grant", "account not found"],
  [{ iat: old, exp: old + 3600 }, {}, "invalid_grant", "short-lived"],
  [{ exp: Math.floor(Date.now() / 1000) + 7200 }, {}, "invalid_grant", "short-lived"],
  [{}, { alg: "HS256" }, "invalid_grant", "RS256"],
  [{}, { kid: "another" }, "invalid_grant", "Signature"],
  [{ scope: `${SCOPE}drive ${SCOPE}calendar` }, {}, "invalid_scope", "scope"],
  [{ scope: "" }, {}, "invalid_scope", "scope"],
  [{ sub: "boss@elsewhere.example" }, {}, "unauthorized_client", "unauthorized"],
])("an assertion with %j and %j is refused as %s", async (claims, header, error, words) => {
  await using one = await drive();
  const { status, body } = await minted(one, assertion(keyOf(one), claims, header));
  expect(status).toBeGreaterThanOrEqual(400);
  expect(body.error).toBe(error);
  expect(body.error_description).toContain(words);
});

test("a changed assertion is not signed", async () => {
  await using one = await drive();
  const [head = "", , signature = ""] = assertion(keyOf(one)).split(".");
  const forged = `${head}.${part({ iss: keyOf(one).client_email })}.${signature}`;
  const { body } = await minted(one, forged);
  expect(body.error_description).toBe("Invalid JWT Signature.");
  expect((await minted(one, "nonsense")).status).toBe(400);
});

test("a service account has no room of its own, but a shared drive, or somebody's name", async () => {
  await using one = await drive();
  const robot = one.as((await minted(one, assertion(keyOf(one)))).body.access_token);
  expect(filesIn(await robot.get("files"))).toEqual([]);
  expect(reasonOf(await robot.send("POST", "files", { name: "a" }))).toBe("403 storageQuotaExceeded"); // prettier-ignore
  const shared = { name: "a", parents: ["0AHarbourSharedDrivePVA"] };
  expect((await robot.send("POST", "files?supportsAllDrives=true", shared)).status).toBe(200);
  const sub = String(one.tool.settings["subject"]);
  const olivia = one.as((await minted(one, assertion(keyOf(one), { sub }))).body.access_token);
  const id = idOf(await olivia.send("POST", "files", { name: "b", appProperties: { k: "v" } }));
  expect((await one.get(`files/${id}?fields=owners/me,appProperties`)).body).toEqual({
    owners: [{ me: true }],
  });
  const q = search("appProperties has { key='k' and value='v' }");
  expect([filesIn(await olivia.get(q)).length, filesIn(await one.get(q)).length]).toEqual([1, 0]);
});

test("a token does what its scopes allow, and drive.file sees only its own", async () => {
  await using one = await drive();
  const by = async (scope: string) => one.as((await consented(one, OFFLINE, SCOPE + scope)).access_token); // prettier-ignore
  const [first] = filesIn(await one.get(search("mimeType='application/pdf'")));
  const id = first?.id ?? "";
  const reader = await by("drive.readonly");
  expect((await reader.get(`files/${id}?alt=media`)).status).toBe(200);
  expect(reasonOf(await reader.send("POST", "files", { name: "x" }))).toBe("403 insufficientPermissions"); // prettier-ignore
  const meta = await by("drive.metadata");
  expect((await meta.send("PATCH", `files/${id}`, { name: "y" })).status).toBe(200);
  expect(reasonOf(await meta.get(`files/${id}?alt=media`))).toBe("403 insufficientPermissions");
  const lone = await by("drive.file");
  expect(filesIn(await lone.get("files"))).toEqual([]);
  expect(reasonOf(await lone.get(`files/${id}`))).toBe("404 notFound");
  const own = idOf(await lone.send("POST", "files", { name: "mine" }));
  expect(filesIn(await lone.get("files"))).toMatchObject([{ id: own }]);
});
