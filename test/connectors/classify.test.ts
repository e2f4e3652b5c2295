import { expect, test } from "vitest";
import { textOfBytes } from "#connectors/json/bytes.ts";
import { compileErrors } from "#connectors/request/classify.ts";

const classify = compileErrors({ code: [], message: ["message"], field: [], failed: [] }, []);
const messageOf = (status: number, body: Buffer): string =>
  classify.verdict(
    { status, headers: {}, body: undefined, text: textOfBytes(body) },
    Temporal.Instant.from("2026-09-01T12:00:00Z"),
  ).message;

test("what people are told is what the tool said, or its status where nobody can read that", () => {
  expect(messageOf(403, Buffer.from("<h1>Not  for you</h1>"))).toBe("Not for you");
  expect(messageOf(401, Buffer.from([0x1f, 0x8b, 8, 0, 0, 1, 2, 3]))).toBe("The tool answered 401");
  expect(messageOf(503, Buffer.from(""))).toBe("The tool answered 503");
});
