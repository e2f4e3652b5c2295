import { createPrivateKey, generateKeyPairSync, verify } from "node:crypto";
import { expect, test } from "vitest";
import { jwtEnds, rs256, signedJwt } from "#connectors/auth/jwt.ts";
import { SignInAgain } from "#domain/errors.ts";
import { asking, auth, now } from "./kinds.ts";

const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();

const claimsIn = (jwt: string) => {
  const [head = "", body = "", signature = ""] = jwt.split(".");
  const sound = verify(
    "RSA-SHA256",
    Buffer.from(`${head}.${body}`),
    pair.publicKey,
    Buffer.from(signature, "base64url"),
  );
  expect(sound).toBe(true);
  return [head, body].map(
    (part) => JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>,
  );
};

test("a signature is that of RFC 7515, appendix A.2", () => {
  const jwk = {
    kty: "RSA",
    n: "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
    e: "AQAB",
    d: "Eq5xpGnNCivDflJsRQBXHx1hdR1k6Ulwe2JZD50LpXyWPEAeP88vLNO97IjlA7_GQ5sLKMgvfTeXZx9SE-7YwVol2NXOoAJe46sui395IW_GO-pWJ1O0BkTGoVEn2bKVRUCgu-GjBVaYLU6f3l9kJfFNS3E0QbVdxzubSu3Mkqzjkn439X0M_V51gfpRLI9JYanrC4D4qAdGcopV_0ZHHzQlBjudU2QvXt4ehNYTCBr6XCLQUShb1juUO1ZdiYoFaFQT5Tw8bGUl_x_jTj3ccPDVZFD9pIuhLhBOneufuBiB4cS98l2SR_RQyGWSeWjnczT0QU91p1DhOVRuOopznQ",
    p: "4BzEEOtIpmVdVEZNCqS7baC4crd0pqnRH_5IB3jw3bcxGn6QLvnEtfdUdiYrqBdss1l58BQ3KhooKeQTa9AB0Hw_Py5PJdTJNPY8cQn7ouZ2KKDcmnPGBY5t7yLc1QlQ5xHdwW1VhvKn-nXqhJTBgIPgtldC-KDV5z-y2XDwGUc",
    q: "uQPEfgmVtjL0Uyyx88GZFF1fOunH3-7cepKmtH4pxhtCoHqpWmT8YAmZxaewHgHAjLYsp1ZSe7zFYHj7C6ul7TjeLQeZD_YwD66t62wDmpe_HlB-TnBA-njbglfIsRLtXlnDzQkv5dTltRJ11BKBBypeeF6689rjcJIDEz9RWdc",
    dp: "BwKfV3Akq5_MFZDFZCnW-wzl-CCo83WoZvnLQwCTeDv8uzluRSnm71I3QCLdhrqE2e9YkxvuxdBfpT_PI7Yz-FOKnu1R6HsJeDCjn12Sk3vmAktV2zb34MCdy7cpdTh_YVr7tss2u6vneTwrA86rZtu5Mbr1C1XsmvkxHQAdYo0",
    dq: "h_96-mK1R_7glhsum81dZxjTnYynPbZpHziZjeeHcXYsXaaMwkOlODsWa7I9xXDoRwbKgB719rrmI2oKr6N3Do9U0ajaHF-NKJnwgjMd2w9cjz3_-kyNlxAr2v4IKhGNpmM5iIgOS1VZnOZ68m6_pbLBSp3nssTdlqvd0tIiTHU",
    qi: "IYd7DHOhrWvxkwPQsRM2tOgrjbcrfvtQJipd-DlcxyVuuM9sQLdgjVk2oy26F0EmpScGLq2MowX7fhd_QJQ3ydy5cY7YIBi87w93IKLEdfnbJtoOPLUW0ITrJReOgo1cq9SbsxYawBgfp_gh6A5603k2-ZQwVK0JKSHuLFkuQ3U",
  };
  const input =
    "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
  expect(rs256(input, createPrivateKey({ key: jwk, format: "jwk" }))).toBe(
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw",
  );
});

test.each([
  ["as it is", pem],
  ["on one line", pem.replaceAll("\n", "")],
  ["with blanks for line breaks", pem.replaceAll("\n", " ")],
  ["with \\n written out", pem.replaceAll("\n", "\\n")],
  ["as PKCS #1", pair.privateKey.export({ type: "pkcs1", format: "pem" }).toString()],
])("a private key is read %s", (_how, key) => {
  expect(claimsIn(signedJwt({ iss: "x" }, key))).toEqual([
    { alg: "RS256", typ: "JWT" },
    { iss: "x" },
  ]);
});

const curve = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;

test.each([
  ["a public one", pair.publicKey.export({ type: "spki", format: "pem" }).toString()],
  ["of another kind", curve.export({ type: "pkcs8", format: "pem" }).toString()],
  ["cut off", pem.slice(0, 600)],
  ["none", "hunter2"],
  ["nothing", ""],
])("a key that is %s is refused in a sentence that does not repeat it", (_what, key) => {
  const sign = () => signedJwt({ iss: "x" }, key);
  expect(sign).toThrow(SignInAgain);
  expect(sign).toThrow(/^The private key cannot be read; it is an RSA key/);
});

test("Google's service account signs for itself, or for a user, and nobody else's address", async () => {
  const drive = auth({
    kind: "jwt_bearer",
    from: "service_account",
    token: "https://oauth2.googleapis.com/token",
    scopes: ["https://www.googleapis.com/auth/drive"],
    minutes: 60,
  });
  expect(drive.fields.map(({ name, optional }) => [name, optional])).toEqual([
    ["service_account", false],
    ["user", true],
  ]);
  const file = JSON.stringify({
    type: "service_account",
    client_email: "bot@project.iam.gserviceaccount.com",
    private_key: pem,
    private_key_id: "key-7",
    token_uri: "https://evil.example/token",
  });
  const about = asking({ access_token: "ya29.a", expires_in: 3599, token_type: "Bearer" });
  const renewed = await drive.renew?.({ service_account: file, user: "ada@example.com" }, about);
  expect(renewed).toMatchObject({ secret: { access_token: "ya29.a" }, expires: null });
  const [request] = about.asked;
  expect([request?.url, request?.as, request?.values["grant_type"]]).toEqual([
    "https://oauth2.googleapis.com/token",
    "form",
    "urn:ietf:params:oauth:grant-type:jwt-bearer",
  ]);
  const issued = now.epochMilliseconds / 1000;
  expect(claimsIn(request?.values["assertion"] ?? "")).toEqual([
    { alg: "RS256", typ: "JWT", kid: "key-7" },
    {
      iss: "bot@project.iam.gserviceaccount.com",
      aud: "https://oauth2.googleapis.com/token",
      scope: "https://www.googleapis.com/auth/drive",
      sub: "ada@example.com",
      iat: issued,
      exp: issued + 3600,
    },
  ]);
  await expect(drive.renew?.({ service_account: "{}" }, about)).rejects.toThrow(
    /JSON file of a service account/,
  );
  await expect(drive.renew?.({ service_account: "not JSON" }, about)).rejects.toThrow(SignInAgain);
});

test("Salesforce's assertion is for the login host, in the name of a user", async () => {
  const salesforce = auth({
    kind: "jwt_bearer",
    token: "https://login.salesforce.com/services/oauth2/token",
    audience: "https://login.salesforce.com",
    lifetime: "unknown",
    base: "instance_url",
  });
  const answer = {
    access_token: "00D!x",
    instance_url: "https://acme.my.salesforce.com",
    scope: "api",
  };
  const about = asking(answer);
  const secret = { client_id: "3MVG9", user: "ada@example.com", private_key: pem };
  const renewed = await salesforce.renew?.(secret, about);
  expect(renewed?.secret).toMatchObject({ base: "https://acme.my.salesforce.com", scope: "api" });
  expect(renewed?.secret).not.toHaveProperty("fresh_until");
  const [, claims] = claimsIn(about.asked[0]?.values["assertion"] ?? "");
  expect(claims).toMatchObject({
    iss: "3MVG9",
    sub: "ada@example.com",
    aud: "https://login.salesforce.com",
    exp: now.epochMilliseconds / 1000 + 180,
  });
  expect(claims).not.toHaveProperty("scope");
});

const unsigned = (claims: unknown) =>
  `h.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.s`;

test.each([
  [unsigned({ exp: 1_795_000_000 }), "2026-11-18T11:06:40Z"],
  [unsigned({ exp: "soon" }), undefined],
  [unsigned({}), undefined],
  [unsigned({ exp: 1e18 }), undefined],
  ["opaque", undefined],
  ["a.b.c", undefined],
])("%s says when it ends, if it does", (token, end) => {
  expect(jwtEnds(token)?.toString()).toBe(end);
});
