import { createHmac } from "node:crypto";
import type { VerifyOptions } from "#connectors/webhooks/index.ts";
import { pythonJson } from "#connectors/webhooks/freshbooks-form.ts";

export type Sample = {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Buffer;
};

/** A way of verifying, with a message that a sender who knows the secret made, each by its own hand. */
export type Case = {
  name: string;
  options: VerifyOptions;
  secret: string;
  other: string;
  /** The header that proves it. */
  header: string;
  sign(secret: string, at: Temporal.Instant): Sample;
  /** How far from now a message may be; null where it says no time. */
  toleranceMs: number | null;
};

const url = "https://tieline.example.com/hooks/crm/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
const body = Buffer.from('[{"eventId":1,"objectId":"67","note":"Zoë \\u0000 %40"}]');
const post = (headers: Record<string, string>, content = body): Sample => ({
  method: "POST",
  url,
  headers,
  body: content,
});
const mac = (secret: string | Buffer, text: string | Buffer, as: "hex" | "base64" | "base64url") =>
  createHmac("sha256", secret).update(text).digest(as);
const learned = "learned" as const;
const seconds = (at: Temporal.Instant) => String(Math.floor(at.epochMilliseconds / 1000));

export const cases: readonly Case[] = [
  {
    name: "HubSpot v3",
    options: {
      kind: "hmac",
      header: "X-HubSpot-Signature-v3",
      secret: { field: "client_secret" },
      key: "text",
      algorithm: "sha256",
      encoding: "base64",
      prefix: "",
      signs: "method_url_body_timestamp",
      timestamp: { header: "X-HubSpot-Request-Timestamp", unit: "ms", tolerance: 300_000 },
    },
    secret: "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy",
    other: "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyz",
    header: "x-hubspot-signature-v3",
    toleranceMs: 300_000,
    sign(secret, at) {
      const timestamp = String(at.epochMilliseconds);
      const signature = mac(secret, `POST${url}${body.toString()}${timestamp}`, "base64");
      return post({ "x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": timestamp }); // prettier-ignore
    },
  },
  {
    name: "QuickBooks",
    options: { kind: "hmac", header: "intuit-signature", secret: { field: "verifier_token" }, key: "text", algorithm: "sha256", encoding: "base64", prefix: "", signs: "body" }, // prettier-ignore
    secret: "b1c0a9f8-verifier",
    other: "b1c0a9f8-verifies",
    header: "intuit-signature",
    toleranceMs: null,
    sign: (secret) => post({ "intuit-signature": mac(secret, body, "base64") }),
  },
  {
    name: "Mailchimp",
    options: {
      kind: "hmac",
      header: "X-Mailchimp-Signature",
      secret: learned,
      key: "text",
      algorithm: "sha256",
      encoding: "hex",
      prefix: "",
      part: "v1",
      signs: "timestamp.body",
      timestamp: { part: "t", unit: "s", tolerance: 300_000 },
    },
    secret: "test_signing_secret",
    other: "test_signing_secres",
    header: "x-mailchimp-signature",
    toleranceMs: 300_000,
    sign(secret, at) {
      const signature = mac(secret, `${seconds(at)}.${body.toString()}`, "hex");
      return post({ "x-mailchimp-signature": `t=${seconds(at)},v1=${signature}` });
    },
  },
  {
    name: "Airtable",
    options: { kind: "hmac", header: "X-Airtable-Content-MAC", secret: learned, key: "base64", algorithm: "sha256", encoding: "hex", prefix: "hmac-sha256=", signs: "body" }, // prettier-ignore
    secret: Buffer.alloc(32, 7).toString("base64"),
    other: Buffer.alloc(32, 8).toString("base64"),
    header: "x-airtable-content-mac",
    toleranceMs: null,
    sign: (secret) => post({ "x-airtable-content-mac": `hmac-sha256=${mac(Buffer.from(secret, "base64"), body, "hex")}` }), // prettier-ignore
  },
  {
    name: "Dropbox",
    options: { kind: "hmac", header: "X-Dropbox-Signature", secret: { field: "client_secret" }, key: "text", algorithm: "sha256", encoding: "hex", prefix: "", signs: "body" }, // prettier-ignore
    secret: "app-secret",
    other: "app-secres",
    header: "x-dropbox-signature",
    toleranceMs: null,
    sign: (secret) => post({ "x-dropbox-signature": mac(secret, body, "hex") }),
  },
  {
    name: "Standard Webhooks",
    options: { kind: "standard_webhooks", secret: { field: "secret" } },
    secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    other: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx",
    header: "webhook-signature",
    toleranceMs: 300_000,
    sign(secret, at) {
      const key = Buffer.from(secret.slice(6), "base64");
      const signature = mac(key, `msg_1.${seconds(at)}.${body.toString()}`, "base64");
      return post({
        "webhook-id": "msg_1",
        "webhook-timestamp": seconds(at),
        "webhook-signature": `v1,${signature}`,
      });
    },
  },
  {
    name: "FreshBooks",
    options: { kind: "freshbooks_form", header: "X-FreshBooks-Hmac-SHA256", secret: learned },
    secret: "3bPTNcPgbN76QDgAfKX63T",
    other: "3bPTNcPgbN76QDgAfKX63S",
    header: "x-freshbooks-hmac-sha256",
    toleranceMs: null,
    sign(secret) {
      const form = { name: "client.update", object_id: "67", note: "Zoë & Søn" };
      const content = Buffer.from(new URLSearchParams(form).toString());
      const signature = mac(secret, pythonJson(Object.entries(form)), "base64");
      return post({ "x-freshbooks-hmac-sha256": signature }, content);
    },
  },
  {
    name: "monday.com",
    options: { kind: "jwt_hs256", header: "Authorization", secret: { field: "signing_secret" } },
    secret: "monday signing secret",
    other: "monday signing secres",
    header: "authorization",
    // It says until when it is good; clocks may differ by a minute.
    toleranceMs: null,
    sign(secret, at) {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
      const exp = Number(seconds(at)) + 300;
      const input = `${part({ alg: "HS256", typ: "JWT" })}.${part({ aud: url, exp })}`;
      return post({ authorization: `${input}.${mac(secret, input, "base64url")}` });
    },
  },
  {
    name: "Google Drive",
    options: { kind: "shared_token", header: "X-Goog-Channel-Token", secret: learned },
    secret: "0123456789abcdef0123456789abcdef",
    other: "0123456789abcdef0123456789abcdee",
    header: "x-goog-channel-token",
    toleranceMs: null,
    sign: (secret) => post({ "x-goog-channel-token": secret }, Buffer.alloc(0)),
  },
];
