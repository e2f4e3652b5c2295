import { verify } from "#connectors/webhooks/index.ts";
import { describe, expect, test } from "vitest";
import { type Case, cases, type Sample } from "./signing.ts";

const now = Temporal.Instant.from("2026-11-23T12:00:00Z");
const check = ({ options }: Case, sample: Sample, secrets: readonly string[], at = now): boolean =>
  verify(sample, options, { secrets, now: at }).ok;

/** Whether a way signs the body at all: a token alone cannot say anything about it. */
const signsBody = ({ options }: Case) => options.kind !== "jwt_hs256" && options.kind !== "shared_token"; // prettier-ignore

describe.each(cases)("$name", (one) => {
  const sample = one.sign(one.secret, now);

  test("takes what it signed, and while a secret is replaced with either of two", () => {
    expect(check(one, sample, [one.secret])).toBe(true);
    expect(check(one, sample, [one.other, one.secret])).toBe(true);
  });

  test("takes nothing with another's secret, with none, or with an empty one", () => {
    expect(check(one, sample, [one.other])).toBe(false);
    expect(check(one, sample, [])).toBe(false);
    expect(check(one, { ...sample, headers: { ...sample.headers, [one.header]: "" } }, [""])).toBe(false); // prettier-ignore
  });

  test("takes nothing of another tool's that was made with this one's secret", () => {
    for (const other of cases.filter(({ name }) => name !== one.name)) {
      const forged = other.sign(other.secret, now);
      expect(check(one, forged, [one.secret]), other.name).toBe(false);
    }
  });

  test("sees each bit of the proof that is flipped", () => {
    const proof = Buffer.from(sample.headers[one.header] ?? "");
    const taken: string[] = [];
    for (let bit = 0; bit < proof.length * 8; bit++) {
      const flipped = Buffer.from(proof);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const text = flipped.toString("latin1");
      const headers = { ...sample.headers, [one.header]: text };
      if (check(one, { ...sample, headers }, [one.secret])) taken.push(text);
    }
    expect(taken).toEqual([]);
  });

  test("sees each bit of the message that is flipped", () => {
    if (!signsBody(one)) return;
    for (let bit = 0; bit < sample.body.length * 8; bit++) {
      const body = Buffer.from(sample.body);
      body[bit >> 3] = (body[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      // A form may be written in more than one way; what counts is what it says.
      if (one.options.kind === "freshbooks_form" && same(body, sample.body)) continue;
      expect(check(one, { ...sample, body }, [one.secret]), `bit ${String(bit)}`).toBe(false);
    }
  });

  test("is not upset by proofs of another length, doubled, cut short, or of no kind at all", () => {
    const proof = sample.headers[one.header] ?? "";
    const others = ["", " ", proof.slice(0, -1), proof.slice(1), `${proof}0`, `0${proof}`, "a".repeat(20_000), "v1,", "t=,v1=", ".", "..", "é".repeat(64)]; // prettier-ignore
    for (const other of others) {
      const headers = { ...sample.headers, [one.header]: other };
      expect(check(one, { ...sample, headers }, [one.secret]), other.slice(0, 40)).toBe(false);
    }
    const { [one.header]: _gone, ...headers } = sample.headers;
    expect(check(one, { ...sample, headers }, [one.secret])).toBe(false);
  });

  test("takes nothing that is too old or too new", () => {
    const { toleranceMs } = one;
    if (toleranceMs === null) return;
    const apart = (ms: number) => now.add({ milliseconds: ms });
    expect(check(one, sample, [one.secret], apart(toleranceMs - 1000))).toBe(true);
    expect(check(one, sample, [one.secret], apart(1000 - toleranceMs))).toBe(true);
    expect(check(one, sample, [one.secret], apart(toleranceMs + 2000))).toBe(false);
    expect(check(one, sample, [one.secret], apart(-toleranceMs - 2000))).toBe(false);
  });

  test("takes no time that is no number", () => {
    for (const [name, value] of Object.entries(sample.headers)) {
      if (!/^\d+$/.test(value) || name === one.header) continue;
      for (const odd of ["abc", "", "NaN", "-1", "1e3", `${value} `, `0x${value}`, "9".repeat(40)])
        expect(check(one, { ...sample, headers: { ...sample.headers, [name]: odd } }, [one.secret]), odd).toBe(false); // prettier-ignore
    }
  });
});

const same = (a: Buffer, b: Buffer): boolean =>
  JSON.stringify([...new URLSearchParams(a.toString())]) ===
  JSON.stringify([...new URLSearchParams(b.toString())]);

test("a JWT of another algorithm, of another audience, or that has ended, is none", () => {
  const monday = cases.find(({ name }) => name === "monday.com");
  if (monday === undefined) throw new Error("no monday");
  const sample = monday.sign(monday.secret, now);
  const [, claims = "", signature = ""] = (sample.headers["authorization"] ?? "").split(".");
  const none = Buffer.from('{"alg":"none"}').toString("base64url");
  const withHead = (head: string, proof: string) => ({ ...sample, headers: { authorization: `${head}.${claims}.${proof}` } }); // prettier-ignore
  expect(check(monday, withHead(none, ""), [monday.secret])).toBe(false);
  expect(check(monday, withHead(none, signature), [monday.secret])).toBe(false);
  expect(check(monday, { ...sample, url: `${sample.url}2` }, [monday.secret])).toBe(false);
  expect(check(monday, sample, [monday.secret], now.add({ minutes: 5 }))).toBe(true);
  expect(check(monday, sample, [monday.secret], now.add({ minutes: 7 }))).toBe(false);
});

test("what is signed for one address is not taken at another", () => {
  const hubspot = cases.find(({ name }) => name === "HubSpot v3");
  if (hubspot === undefined) throw new Error("no HubSpot");
  const sample = hubspot.sign(hubspot.secret, now);
  for (const change of [
    { url: `${sample.url}?x=1` },
    { method: "PUT" },
    { url: "https://evil.example/" },
  ])
    // prettier-ignore
    expect(check(hubspot, { ...sample, ...change }, [hubspot.secret])).toBe(false);
});
