import { webApi } from "@slack/bolt";
import { expect, test } from "vitest";
import { makeReadFile, type Download } from "#slack/files.ts";
import { openSlackFiles } from "../../src/slack-files.ts";
import { served } from "./support/http.ts";

const own = { id: "F1", name: "desk.yaml", size: 9, user: "U1", is_external: false };
type Answer = { status?: number; type?: string; body?: Buffer | string; location?: string };

/** Slack's API and its host for files, which answer as a test says. */
async function house(file: Record<string, unknown> | { error: string }, answer: Answer = {}) {
  const seen: (string | undefined)[] = [];
  const slack = await served((request, response) => {
    if (request.url?.startsWith("/api/") ?? false) {
      const body = "error" in file ? { ok: false, ...file } : { ok: true, file };
      response.setHeader("content-type", "application/json").end(JSON.stringify(body));
      return;
    }
    seen.push(request.headers.authorization);
    const { status = 200, type = "text/plain", body = "connector", location } = answer;
    response.writeHead(status, { "content-type": type, ...(location ? { location } : {}) });
    response.end(body);
  });
  const { origin } = new URL(slack.url);
  if (!("error" in file)) file["url_private"] ??= `${origin}/files-pri/T1-F1/desk.yaml`;
  const apiUrl = `${origin}/api/`;
  const files = openSlackFiles(apiUrl, { loopback: true, cidrs: [] });
  const client = new webApi.WebClient("xoxb-1", {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
  });
  return {
    seen,
    read: makeReadFile(client, "xoxb-1", files.download),
    async [Symbol.asyncDispose]() {
      await files[Symbol.asyncDispose]();
      await slack[Symbol.asyncDispose]();
    },
  };
}

test("a file is read with the bot's token, as it is", async () => {
  await using slack = await house({ ...own }, { body: "\ufeffé: ✓\n" });
  expect(await slack.read("F1", "U1")).toEqual({ name: "desk.yaml", text: "é: ✓\n" });
  expect(slack.seen).toEqual(["Bearer xoxb-1"]);
});

test.each<[string, Record<string, unknown> | { error: string }, RegExp]>([
  [
    "somebody else's file",
    { ...own, user: "U2" },
    /^Mistake: Only a file that you hand in yourself/,
  ],
  [
    "a file kept elsewhere",
    { ...own, is_external: true, url_private: "https://docs.example/x" },
    /^Mistake: desk\.yaml is kept elsewhere/,
  ],
  [
    "a file that is too large",
    { ...own, size: 65_537 },
    /^Mistake: desk\.yaml is 65,537 bytes large; up to 65,536 are accepted\.$/,
  ],
  ["a file at another host", { ...own, url_private: "https://evil.example/x" }, /^Unavailable: /],
  ["a file at an inner address", { ...own, url_private: "http://127.0.0.1:1/x" }, /^Unavailable: /],
  ["a file that is gone", { error: "file_not_found" }, /^Mistake: Slack does not have this file/],
  ["an app without the scope", { error: "missing_scope" }, /^Mistake: .*files:read/],
])("%s is not read, and the token goes nowhere", async (_what, file, sentence) => {
  await using slack = await house({ ...file });
  const said = await slack.read("F1", "U1").catch(String);
  expect(said).toMatch(sentence);
  expect(slack.seen).toEqual([]);
});

test.each<[string, Answer, RegExp]>([
  ["a page for signing in", { type: "text/html; charset=utf-8" }, /^Unavailable: /],
  ["a refusal", { status: 403 }, /^Unavailable: /],
  ["a redirect elsewhere", { status: 302, location: "https://evil.example/" }, /^Unavailable: /],
  ["more bytes than it said", { body: "x".repeat(65_537) }, /^Unavailable: /],
  ["bytes that are no text", { body: Buffer.from([0xff, 0xfe, 0x00]) }, /^Mistake: .* not a text/],
])("%s instead of the file is told", async (_what, answer, sentence) => {
  await using slack = await house({ ...own }, answer);
  expect(await slack.read("F1", "U1").catch(String)).toMatch(sentence);
});

test("of Slack itself only its host for files is asked", async () => {
  await using files = openSlackFiles(null, { loopback: true, cidrs: [] });
  const download: Download = files.download;
  for (const url of [
    "https://slack.com/x",
    "https://files.slack.com.evil.example/",
    "http://files.slack.com/",
    "http://127.0.0.1:1/",
  ])
    // prettier-ignore
    await expect(download(url, {})).rejects.toThrow(/was not asked/);
});
