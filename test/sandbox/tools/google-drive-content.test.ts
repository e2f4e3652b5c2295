import { expect, test } from "vitest";
import { type Drive, drive, idOf, reasonOf, related, uploadPath } from "./google-drive-call.ts";

const DOC = "application/vnd.google-apps.document";
const SHEET = "application/vnd.google-apps.spreadsheet";

async function uploaded(one: Drive, mimeType: string, type: string, text: string): Promise<string> {
  const body = related({ name: "It", mimeType }, type, Buffer.from(text));
  return idOf(await one.call(uploadPath("uploadType=multipart"), body));
}

test("a stretch of the bytes can be asked for", async () => {
  await using one = await drive({ seed: 0 });
  const id = await uploaded(one, "text/plain", "text/plain", "0123456789");
  const part = (range: string) => one.call(`files/${id}?alt=media`, { headers: { range } });
  const middle = await part("bytes=2-4");
  expect([middle.status, middle.bytes.toString()]).toEqual([206, "234"]);
  expect(middle.headers.get("content-range")).toBe("bytes 2-4/10");
  expect((await part("bytes=7-")).bytes.toString()).toBe("789");
  expect((await part("bytes=-3")).bytes.toString()).toBe("789");
  expect((await part("bytes=8-100")).bytes.toString()).toBe("89");
  const beyond = await part("bytes=10-");
  expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, "bytes */10"]);
});

test("a document of Google's editors has no bytes and no hash, and is exported", async () => {
  await using one = await drive({ seed: 0 });
  const id = await uploaded(one, DOC, "text/plain", "Äpfel\nund Birnen");
  const { body } = await one.get(`files/${id}?fields=*`);
  expect(body).toMatchObject({ mimeType: DOC, size: "17" });
  expect(body).not.toHaveProperty("md5Checksum");
  expect(body).not.toHaveProperty("headRevisionId");
  const down = await one.get(`files/${id}?alt=media`);
  expect(down.body).toMatchObject({
    error: { errors: [{ reason: "fileNotDownloadable", location: "alt" }], code: 403 },
  });
  const as = (type: string) => one.get(`files/${id}/export?mimeType=${encodeURIComponent(type)}`);
  expect((await as("text/plain")).bytes.toString()).toBe("\uFEFFÄpfel\r\nund Birnen");
  expect((await as("application/pdf")).bytes.toString("latin1", 0, 5)).toBe("%PDF-");
  expect(Object.keys((body as { exportLinks: object }).exportLinks)).toContain("text/markdown");
  expect(reasonOf(await as("image/png"))).toBe("400 badRequest");
  expect(reasonOf(await one.get(`files/${id}/export`))).toBe("400 required");
});

test("a sheet comes out as text and as a workbook", async () => {
  await using one = await drive({ seed: 0 });
  const id = await uploaded(one, SHEET, "text/csv", 'name,total\n"Ruiz, Ana",7\n');
  const as = (type: string) => one.get(`files/${id}/export?mimeType=${encodeURIComponent(type)}`);
  expect((await as("text/csv")).bytes.toString()).toBe('name,total\r\n"Ruiz, Ana",7');
  expect((await as("text/tab-separated-values")).bytes.toString()).toBe("name\ttotal\r\nRuiz, Ana\t7"); // prettier-ignore
  const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  const book = (await as(xlsx)).bytes;
  expect(book.toString("latin1", 0, 2)).toBe("PK");
  expect(book.toString()).toContain("Ruiz, Ana");
});

test("what cannot be converted, or needs no export, is refused", async () => {
  await using one = await drive({ seed: 0 });
  const wrong = related({ mimeType: SHEET }, "image/png", Buffer.from("x"));
  expect(reasonOf(await one.call(uploadPath("uploadType=multipart"), wrong))).toBe("400 badRequest"); // prettier-ignore
  const id = await uploaded(one, "text/plain", "text/plain", "x");
  expect(reasonOf(await one.get(`files/${id}/export?mimeType=text/plain`))).toBe("403 fileNotExportable"); // prettier-ignore
  expect(reasonOf(await one.get("files/root?alt=media"))).toBe("403 fileNotDownloadable");
});

test("an export ends at 10 MB", async () => {
  await using one = await drive({ seed: 0 });
  const text = "x".repeat(4 * 1024 * 1024);
  const id = await uploaded(one, DOC, "text/plain", text);
  expect((await one.get(`files/${id}/export?mimeType=text/plain`)).status).toBe(200);
  await one.control("/_edit", { id, set: { content: "y".repeat(11 * 1024 * 1024) } });
  expect(reasonOf(await one.get(`files/${id}/export?mimeType=text/plain`))).toBe("403 exportSizeLimitExceeded"); // prettier-ignore
});
