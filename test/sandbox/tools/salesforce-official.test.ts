import { createSign, generateKeyPairSync } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { INTEGRATION_USERNAME } from "#sandbox/tools/salesforce/people.ts";
import { type Salesforce, salesforce } from "./salesforce-client.ts";

const file = new URL("../../../../shared/specs/salesforce-official-requests.json", import.meta.url);
const here = existsSync(file);

type Official = {
  source: string;
  name: string;
  method: string;
  url: string;
  headers: [string, string][];
  body: string | { key: string; value: string }[] | null;
};
/** What a person would fill in where the example leaves a gap. */
type Gaps = { url?: Record<string, string>; form?: Record<string, string>; body?: object };

/** Bulk jobs are no part of what is simulated. */
const isBulk = ({ url }: Official) => url.includes("/jobs/");

async function gapsOf(org: Salesforce): Promise<Record<string, Gaps>> {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const certificate = publicKey.export({ type: "spki", format: "pem" });
  await org.control("/_config", { certificate });
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iss: org.oauth?.client_id, sub: INTEGRATION_USERNAME, aud: org.base_url, exp: Math.floor(Date.now() / 1000) + 60 }; // prettier-ignore
  const text = `${part({ alg: "RS256" })}.${part(claims)}`;
  const assertion = `${text}.${createSign("RSA-SHA256").update(text).sign(privateKey, "base64url")}`;

  const consent = new URLSearchParams({ response_type: "code", client_id: org.oauth?.client_id ?? "", redirect_uri: "http://127.0.0.1:3000/back" }); // prettier-ignore
  const page = await (await fetch(`${org.oauth?.authorize ?? ""}?${consent.toString()}`)).text();
  const code = /code=([\w-]+)/.exec(page)?.[1] ?? "";

  const account = (values: object) => org.create("Account", values);
  const id = await account({ Name: "Quay", External_Id__c: "Q1" });
  const [deleted, removed] = [await account({ Name: "Old" }), await account({ Name: "Older" })];
  const record = { attributes: { type: "Account" } };
  const step = (referenceId: string) => ({ method: "GET", url: "/services/data/v68.0/limits", referenceId }); // prettier-ignore
  const ago = new Date(Date.now() - 3_600_000).toISOString().slice(0, 19);
  const soon = new Date(Date.now() + 3_600_000).toISOString().slice(0, 19);
  const stretch = { "start=": `start=${ago}%2B00:00`, "end=": `end=${soon}%2B00:00` };
  return {
    "JWT Bearer Token Flow": { form: { assertion } },
    "Web Server Flow 2": { form: { code } },
    "SObject Collections Create": { body: { allOrNone: false, records: [{ ...record, Name: "New" }] } }, // prettier-ignore
    "SObject Collections Update": { body: { allOrNone: false, records: [{ ...record, id, Phone: "1" }] } }, // prettier-ignore
    "SObject Collections Delete": { url: { "?ids&allOrNone": `?ids=${removed}&allOrNone=true` } },
    "SObject Collections Retrieve": { url: { "?ids&fields": `?ids=${id}&fields=Id,Name` } },
    "SObject Tree": { body: { records: [{ attributes: { type: "Account", referenceId: "r1" }, Name: "Tree" }] } }, // prettier-ignore
    Composite: { body: { allOrNone: true, collateSubrequests: false, compositeRequest: [step("a")] } }, // prettier-ignore
    "Composite Graph": { body: { graphs: [{ graphId: "1", compositeRequest: [step("a"), step("b")] }] } }, // prettier-ignore
    Batch: { body: { haltOnError: true, batchRequests: [{ method: "GET", url: "v68.0/limits" }] } },
    "SObject Get Deleted": { url: stretch },
    "SObject Get Updated": { url: stretch },
    "SObject Rows": { url: { "<RECORD_ID>": id } },
    "SObject Rows Update": { url: { "<RECORD_ID>": id }, body: { Phone: "2" } },
    "SObject Rows Delete": { url: { "<RECORD_ID>": deleted } },
    "SObject Rows by External ID": { url: { "<FIELD_NAME>": "External_Id__c", "<FIELD_VALUE>": "Q1" } }, // prettier-ignore
  };
}

/** The example as a request, with the collection's variables and the gaps filled in. */
function requestFor(
  { url, method, headers, body }: Official,
  variables: Record<string, string>,
  gaps: Gaps,
): [string, RequestInit] {
  const filled = (text: string) => text.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => variables[name] ?? ""); // prettier-ignore
  const address = Object.entries({ "<SOBJECT_API_NAME>": "Account", ...gaps.url }).reduce((whole, [gap, value]) => whole.replace(gap, value), filled(url)); // prettier-ignore
  const sent = new Headers(headers);
  if (!url.includes("/oauth2/token")) sent.set("authorization", `Bearer ${variables["lasting"] ?? ""}`); // prettier-ignore
  if (Array.isArray(body)) {
    const form = body.map(({ key, value }) => [key, gaps.form?.[key] ?? filled(value)]);
    return [address, { method, headers: sent, body: new URLSearchParams(form) }];
  }
  if (method === "GET") return [address, { method, headers: sent }];
  return [address, { method, headers: sent, body: gaps.body === undefined ? (body ?? "") : JSON.stringify(gaps.body) }]; // prettier-ignore
}

test.skipIf(!here)(
  "every request of Salesforce's own collection is answered (skipped: no contracts here)",
  async () => {
    await using org = await salesforce({ seed: 5 });
    const { requests } = JSON.parse(readFileSync(file, "utf8")) as { requests: Official[] };
    const wanted = requests.filter((one) => !isBulk(one));
    expect(wanted.length).toBe(28);
    const gaps = await gapsOf(org);
    const { client_id = "", client_secret = "", refresh_token = "", token = "" } = org.oauth ?? {};
    const renewed = await fetch(token, { method: "POST", body: new URLSearchParams({ grant_type: "refresh_token", client_id, client_secret, refresh_token }) }); // prettier-ignore
    const { access_token } = (await renewed.json()) as { access_token: string };
    const variables = {
      url: org.base_url,
      site: "",
      _endpoint: org.base_url,
      version: "68.0",
      clientId: client_id,
      clientSecret: client_secret,
      redirectUrl: "http://127.0.0.1:3000/back",
      _accessToken: access_token,
      _refreshToken: refresh_token,
      lasting: org.credential["token"] ?? "",
    };
    // What revokes a token comes last, and what deletes after what reads.
    const order = (one: Official) => ["Revoke Token", "SObject Rows Delete"].indexOf(one.name);
    for (const one of wanted.toSorted((a, b) => order(a) - order(b))) {
      const [address, init] = requestFor(one, variables, gaps[one.name] ?? {});
      const answer = await fetch(address, init);
      const text = await answer.text();
      expect(answer.ok, `${one.name}: ${String(answer.status)} ${text.slice(0, 300)}`).toBe(true);
      expect(text, one.name).not.toContain('"success":false');
    }
  },
);

test.skipIf(!here)(
  "what fills a gap has the keys of the example (skipped: no contracts here)",
  async () => {
    // prettier-ignore
    await using org = await salesforce({ seed: 0 });
    const { requests } = JSON.parse(readFileSync(file, "utf8")) as { requests: Official[] };
    const gaps = await gapsOf(org);
    for (const { name, body } of requests) {
      const given = gaps[name]?.body;
      if (given === undefined || typeof body !== "string" || body.includes("...")) continue;
      if (name === "SObject Rows Update") continue;
      expect(Object.keys(given), name).toEqual(Object.keys(JSON.parse(body) as object));
    }
  },
);
