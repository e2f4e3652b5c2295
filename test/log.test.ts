import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Log } from "#domain/ports/world.ts";
import { makeLog, neverTell } from "../src/log.ts";

const end = "that was all";

/** What a log has written, as text and line by line; each line is one JSON object. */
async function logged(use: (log: Log) => void, secrets: readonly string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), "tieline-log-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "logs", "tieline.log");
  const log = makeLog("info", file, () => secrets);
  use(log);
  log.info(end);
  // Written when the disk has time for it.
  const written = () => (existsSync(file) ? readFileSync(file, "utf8") : "");
  await expect.poll(written, { timeout: 5000, interval: 10 }).toContain(end);
  const all = written().trimEnd().split("\n").slice(0, -1);
  const lines = all.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { text: all.join("\n"), file, lines };
}

const known = 'k"no\\wn/secret+1';

test("a secret we know is not told, however it is written", async () => {
  const forms = [
    known,
    `at the end of a line\n${known}`,
    encodeURIComponent(known),
    JSON.stringify({ key: known }),
    Buffer.from(known).toString("base64"),
  ];
  const { text } = await logged(
    (log) => forms.forEach((form) => log.warn(form, { said: form })),
    [known],
  );
  for (const form of [...forms, JSON.stringify(known).slice(1, -1)])
    expect(text).not.toContain(form);
  expect(text.match(/\[secret\]/g)).toHaveLength(2 * forms.length);
});

test("a credential that was read from the vault is not told from then on", async () => {
  neverTell(["no-pattern-knows-this", "short"]);
  const { text } = await logged((log) => log.info("a short no-pattern-knows-this"));
  expect(text).toContain("a short [secret]");
});

test.each([
  ["xoxb-1234567890-abcdef"],
  ["xapp-1-A1-2-abcdef"],
  ["pat-na1-12345678-aaaa"],
  ["sk_live_abcdefgh"],
  ["eyJhbGciOiJSUzI1NiJ9.e30.abc"],
  ["Bearer abcdef123456"],
  ["Basic YTpiY2RlZg=="],
  ["https://x.example/cb?code=abcdef&state=ghijkl"],
  ["http://127.0.0.1:3000/connect#abcdefghijklmnopqrstuvwxyz"],
  ["postgres://tieline:hunter22@db/tieline"],
  ["ada.lovelace+crm@harbour.example"],
  ["ada.lovelace%40harbour.example"],
  ["+44 20 7946 0123"],
])("%s is recognised wherever it stands", async (telltale) => {
  const places = [telltale, `before\n${telltale}\nafter`, `\t${telltale}`, `(${telltale})`];
  const { text, lines } = await logged((log) => {
    for (const place of places)
      log.error(place, { at: [{ deep: place }], error: new Error(place) });
  });
  expect(lines).toHaveLength(places.length);
  const [, telling = telltale] =
    /(?:Bearer |Basic |code=|connect#|tieline:)([^&@]+)/.exec(telltale) ?? [];
  expect(text).not.toContain(telling);
});

test("an error gives its name, message, stack and causes, and nothing that hangs on it", async () => {
  const request = { headers: { authorization: "Bearer hanging-on" }, body: "hanging-on" };
  const inner = Object.assign(new TypeError("no route"), { request, config: request });
  const odd = Object.assign(new Error("outer", { cause: inner }), {
    data: request,
    toJSON: () => request,
  });
  const withValue = new Error("with a value", { cause: request });
  const { text, lines } = await logged((log) => {
    log.error("it failed", { error: odd });
    log.error("it failed", { nested: { error: withValue, request, response: { request } } });
  });
  expect(text).not.toContain("hanging-on");
  expect(lines[0]).toMatchObject({
    error: { name: "Error", message: "outer", cause: { name: "TypeError", message: "no route" } },
  });
});

test("a failed statement does not tell what it was given", async () => {
  const error = new Error(
    'Failed query: insert into "dead_letters" values ($1)\nparams: Ada Lovelace,12 Mill Lane\nLeeds',
  );
  const { text } = await logged((log) => log.error("a run failed", { error, also: String(error) }));
  expect(text).toContain("insert into");
  expect(text).toContain("log.test.ts");
  expect(text).not.toMatch(/Lovelace|Mill Lane|Leeds/);
});

test("one line stays one line, harmless to a terminal, and of reasonable length", async () => {
  const hostile = '\r\n{"level":60,"msg":"forged"}\u001b[2J\u009b31m\u2028\u2029\u202e\u0000\u007f';
  const { text, lines } = await logged((log) => {
    log.warn(hostile, { [hostile]: hostile, long: "x".repeat(1_000_000) });
  });
  expect(lines).toHaveLength(1);
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202e]/);
  expect(lines[0]?.["msg"]).toBe(hostile);
  expect(text.length).toBeLessThan(10_000);
});

test("what has no end and what is no data is told in a word", async () => {
  const round: Record<string, unknown> = {
    n: 1n,
    when: Temporal.Instant.from("2026-11-23T08:00Z"),
  };
  round["round"] = round;
  const { lines } = await logged((log) =>
    log.info("odd", { round, list: Array(500).fill("x"), f: () => 1 }),
  );
  expect(lines[0]).toMatchObject({
    round: { n: "bigint", when: "2026-11-23T08:00:00Z" },
    f: "function",
  });
});

test("only its owner can read the file", async () => {
  const { file } = await logged((log) => log.info("hello"));
  if (process.platform !== "win32") expect(statSync(file).mode & 0o077).toBe(0);
});
