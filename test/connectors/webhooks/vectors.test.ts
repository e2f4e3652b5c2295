import { createHmac } from "node:crypto";
import { pythonJson } from "#connectors/webhooks/freshbooks-form.ts";
import { verify, type VerifyOptions } from "#connectors/webhooks/index.ts";
import { signed } from "#connectors/webhooks/standard-webhooks.ts";
import { expect, test } from "vitest";
import { cases } from "./signing.ts";

const optionsOf = (name: string): VerifyOptions => {
  const found = cases.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found.options;
};
const at = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms);

test("HubSpot's own sample, signed as its version 3 says", () => {
  const body = '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]'; // prettier-ignore
  const request = {
    method: "POST",
    url: "https://www.example.com/webhook_uri",
    headers: {
      "x-hubspot-signature-v3": "DxmVAjFNa2xfF3YgQjdZP6TNcok9k1oaH7UXombPtvw=",
      "x-hubspot-request-timestamp": "1564113600000",
    },
    body: Buffer.from(body),
  };
  const secrets = ["yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy"];
  const check = (ms: number) => verify(request, optionsOf("HubSpot v3"), { secrets, now: at(ms) });
  expect(check(1564113600000)).toEqual({ ok: true, id: null });
  expect(check(1564113600000 + 300_001)).toEqual({ ok: false });
});

test("HubSpot signs an address as people read it", () => {
  const written = "https://example.com/hooks?a=x%40y&b=%2Fz%26";
  const readable = "https://example.com/hooks?a=x@y&b=/z%26";
  const signature = createHmac("sha256", "s").update(`POST${readable}1564113600000`).digest("base64"); // prettier-ignore
  const headers = { "x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": "1564113600000" }; // prettier-ignore
  const request = { method: "POST", url: written, headers, body: Buffer.alloc(0) };
  const checking = { secrets: ["s"], now: at(1564113600000) };
  expect(verify(request, optionsOf("HubSpot v3"), checking)).toEqual({ ok: true, id: null });
});

test("Mailchimp's form", () => {
  const request = {
    method: "POST",
    url: "https://example.com/",
    headers: {
      "x-mailchimp-signature":
        "t=1718000000,v1=6f7c530a730c3d88ba228242016bcd12215e2dafe5402a83c9dfa131d27c53a1",
    },
    body: Buffer.from(
      "type=subscribe&fired_at=2026-11-23+04%3A00%3A00&data%5Bemail%5D=ada%40example.com",
    ),
  };
  const check = (ms: number) =>
    verify(request, optionsOf("Mailchimp"), { secrets: ["test_signing_secret"], now: at(ms) });
  expect(check(1718000000_000)).toEqual({ ok: true, id: null });
  expect(check(1718000301_000)).toEqual({ ok: false });
  const twice = { ...request, headers: { "x-mailchimp-signature": `t=1718000000,v1=${"0".repeat(64)},v1=6f7c530a730c3d88ba228242016bcd12215e2dafe5402a83c9dfa131d27c53a1` } }; // prettier-ignore
  const checking = { secrets: ["test_signing_secret"], now: at(1718000000_000) };
  expect(verify(twice, optionsOf("Mailchimp"), checking).ok).toBe(true);
});

test("Dropbox's notification", () => {
  const request = {
    method: "POST",
    url: "https://example.com/",
    headers: {
      "x-dropbox-signature": "a1391bac467a20555b4a5cfd8bb130c8e934a87ecf9efcf9d91005d7be3dc5c2",
    },
    body: Buffer.from('{"list_folder": {"accounts": ["dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc"]}, "delta": {"users": [4245623]}}'), // prettier-ignore
  };
  expect(verify(request, optionsOf("Dropbox"), { secrets: ["app-secret"], now: at(0) }).ok).toBe(true); // prettier-ignore
});

test("Standard Webhooks' own vector, both ways", () => {
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const message = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: "1614265330", body: '{"test": 2432232314}' }; // prettier-ignore
  const signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
  expect(signed(secret, message)).toBe(signature);
  const request = (header: string) => ({
    method: "POST",
    url: "https://example.com/",
    headers: {
      "webhook-id": message.id,
      "webhook-timestamp": message.timestamp,
      "webhook-signature": header,
    },
    body: Buffer.from(message.body),
  });
  const check = (header: string, now = 1614265330_000) =>
    verify(request(header), optionsOf("Standard Webhooks"), { secrets: [secret], now: at(now) });
  expect(check(signature)).toEqual({ ok: true, id: message.id });
  expect(check(`v1a,AAAA v1,AAAA ${signature}`)).toEqual({ ok: true, id: message.id });
  expect(check(signature.replace("v1,", "v1a,"))).toEqual({ ok: false });
  expect(check(signature, 1614265330_000 + 301_000)).toEqual({ ok: false });
});

test("a secret that is none signs nothing", () => {
  const message = { id: "a", timestamp: "1", body: "" };
  for (const secret of ["", "whsec_", "whsec_c2hvcnQ=", "whsk_AAAA", "not a secret"])
    expect(signed(secret, message), secret).toBeNull();
});

test("FreshBooks' form as Python writes it", () => {
  const form: [string, string][] = [
    ["name", "invoice.create"],
    ["object_id", "1234567"],
    ["note", 'Zoë "quoted" \\ \u007f\n€😀'],
    ["name", "twice"],
  ];
  // python3 -c 'import json; print(json.dumps({"name": "twice", "object_id": "1234567", "note": "Zoë \"quoted\" \\ \x7f\n€😀"}))'
  expect(pythonJson(form)).toBe(
    '{"name": "twice", "object_id": "1234567", "note": "Zo\\u00eb \\"quoted\\" \\\\ \\u007f\\n\\u20ac\\ud83d\\ude00"}',
  );
});
