import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { INTEGRATION_USERNAME } from "#sandbox/tools/salesforce/people.ts";
import { startSalesforce } from "#sandbox/tools/salesforce/salesforce.ts";
import { lint } from "#connectors/manifest/lint.ts";
import { readFileSync } from "node:fs";
import { connectionTo, folder, never, openWorld } from "./world.ts";

const trip = {
  way: "oauth",
  redirect: "https://tieline.example/oauth/salesforce/callback",
  client: { id: "app", secret: "hush" },
  state: "s".repeat(43),
  verifier: "v".repeat(43),
};

/** Salesforce as it is, not a simulated one. */
const real = (settings: Record<string, string>) => ({
  ...connectionTo("salesforce", "", { settings }),
  baseUrl: null,
});

test.each([
  [{}, "https://login.salesforce.com"],
  [{ sign_in_address: "https://test.salesforce.com/" }, "https://test.salesforce.com"],
  [{ sign_in_address: "https://acme.my.salesforce.com" }, "https://acme.my.salesforce.com"],
])("people are sent to where their organisation has them sign in: %j", async (settings, where) => {
  await using world = await openWorld({});
  const url = new URL(await world.tools.consentAt(real(settings), trip));
  expect([url.origin, url.pathname]).toEqual([where, "/services/oauth2/authorize"]);
});

test("nobody is sent elsewhere, and who has not signed in is told so", async () => {
  await using world = await openWorld({ token: "t" });
  const evil = { sign_in_address: "https://salesforce.com.evil.example" };
  await expect(world.tools.consentAt(real(evil), trip)).rejects.toThrow(
    /^The Address to sign in at of salesforce is not an address of Salesforce/,
  );
  expect(await world.tools.check(real({}), never)).toMatchObject({
    ok: false,
    problem: expect.stringMatching(
      /^salesforce does not say where Salesforce is: sign in to it, or give it the Address of the organisation \(instance_url\)/,
    ) as string,
  });
});

test("an app signs in for itself, or for a user by its certificate, and is where the answer says", async () => {
  await using tool = await startSalesforce({ folder: null, seed: 3, limits: false });
  const { client_id = "", client_secret = "" } = tool.oauth ?? {};
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const certificate = publicKey.export({ type: "spki", format: "pem" });
  await fetch(`${tool.base_url}/_config`, {
    method: "POST",
    body: JSON.stringify({ certificate }),
  });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  for (const secret of [
    { client_id, client_secret },
    { client_id, user: INTEGRATION_USERNAME, private_key: pem },
  ]) {
    await using world = await openWorld(secret);
    const credential = Object.keys(secret);
    const connection = connectionTo("salesforce", tool.base_url, { settings: tool.settings, credential }); // prettier-ignore
    expect(await world.tools.check(connection, never)).toMatchObject({
      ok: true,
      account: INTEGRATION_USERNAME,
      scopes: { more: [] },
    });
    expect(world.vault.secret["base"]).toBe(tool.base_url);
  }
});

const salesforce = readFileSync(`${folder}/salesforce.yaml`, "utf8");

test.each([
  [
    "    base: instance_url\n",
    "",
    "No way of signing in says where the tool is: one with base is needed",
  ],
  [
    "sign_in: { setting: sign_in_address",
    "sign_in: { setting: sign_in",
    "The setting sign_in is not known",
  ],
  [
    "within: [salesforce.com] }",
    "within: ['*.salesforce.com'] }",
    "A domain such as api-us1.com is accepted here",
  ],
  [
    'Needed with an access token alone; any sign-in says it."\n    optional: true\n',
    'x"\n',
    "An optional setting without a default is accepted here, since signing in may fill it in",
  ],
])(
  "the linter sees what is wrong with an address that is left to the sign-in: %s",
  (from, to, said) => {
    const broken = salesforce.replaceAll(from, to);
    expect(broken).not.toBe(salesforce);
    expect(
      lint(broken, "x.yaml")
        .problems.map(({ message }) => message)
        .join("\n"),
    ).toContain(said);
  },
);
