import { expect, test } from "vitest";
import { type Drive, drive, filesIn, search } from "./google-drive-call.ts";

const send = (one: Drive, calls: string[]) =>
  one.call("//batch/drive/v3", {
    method: "POST",
    headers: { "content-type": "multipart/mixed; boundary=end_of_part" },
    body: `${calls
      .map((call, at) => `--end_of_part\r\nContent-Type: application/http\r\nContent-ID: <call-${String(at)}>\r\n\r\n${call}\r\n`)
      .join("")}--end_of_part--`,
  }); // prettier-ignore

const post = (body: string) =>
  `POST /drive/v3/files HTTP/1.1\r\nContent-Type: application/json\r\n\r\n${body}`;

test("the calls of a batch are answered each for itself", async () => {
  await using one = await drive();
  const answer = await send(one, [
    "GET /drive/v3/about?fields=kind HTTP/1.1\r\n",
    post('{"name": "From a batch"}'),
    "GET /drive/v3/files/none",
    post('{"size": "1"}'),
  ]);
  expect(answer.status).toBe(200);
  const text = answer.bytes.toString();
  expect([...text.matchAll(/^HTTP\/1.1 (\d+)/gm)].map(([, status]) => status)).toEqual(["200", "200", "404", "403"]); // prettier-ignore
  expect([...text.matchAll(/^Content-ID: <([^>]+)>/gm)].map(([, id]) => id)).toEqual([0, 1, 2, 3].map((n) => `response-call-${String(n)}`)); // prettier-ignore
  expect(text).toContain("fieldNotWritable");
  expect(filesIn(await one.get(search("name = 'From a batch'")))).toHaveLength(1);
});

test("a batch is at most 100 calls, without media, and its calls are counted", async () => {
  await using one = await drive({ limits: true });
  const about = "GET /drive/v3/about?fields=kind HTTP/1.1\r\n";
  expect((await send(one, Array<string>(101).fill(about))).status).toBe(400);
  expect((await send(one, ["GET /drive/v3/files/root?alt=media HTTP/1.1"])).status).toBe(400);
  expect((await send(one, [])).status).toBe(400);
  await one.control("/_config", { queries_per_minute: 2 });
  const text = (await send(one, [about, about, about])).bytes.toString();
  expect(text).toContain("userRateLimitExceeded");
});

test("a batch needs somebody to ask", async () => {
  await using one = await drive();
  expect((await send(one.as("nobody"), ["GET /drive/v3/files"])).status).toBe(401);
});
