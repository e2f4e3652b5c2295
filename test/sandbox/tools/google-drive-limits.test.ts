import { expect, test } from "vitest";
import { drive, reasonOf, related, uploadPath } from "./google-drive-call.ts";

test("too many queries in a minute are a 403 that says whose limit it is", async () => {
  await using one = await drive({ limits: true });
  await one.control("/_config", { queries_per_minute: 3 });
  for (let n = 0; n < 3; n += 1) expect((await one.get("files?pageSize=1")).status).toBe(200);
  const over = await one.get("files?pageSize=1");
  expect(over.body).toEqual({
    error: {
      errors: [
        {
          domain: "usageLimits",
          reason: "userRateLimitExceeded",
          message: "User Rate Limit Exceeded",
        },
      ],
      code: 403,
      message: "User Rate Limit Exceeded",
    },
  });
  expect(over.headers.get("retry-after")).toBeNull();
  expect(one.tool.stats()).toMatchObject({ limited: 1 });
  await one.control("/_config", { limits: false });
  expect((await one.get("files?pageSize=1")).status).toBe(200);
});

test("a day's quota that is spent stays spent", async () => {
  await using one = await drive();
  await one.control("/_config", { quota: "spent" });
  expect(reasonOf(await one.get("files"))).toBe("403 dailyLimitExceeded");
  await one.control("/_config", { quota: "fine" });
  expect((await one.get("files")).status).toBe(200);
  expect((await one.control("/_config", { quota: "half" })).status).toBe(400);
});

test("a full Drive takes no more bytes, but still folders and changes", async () => {
  await using one = await drive();
  await one.control("/_config", { storage_bytes: 10 });
  const text = related({ name: "a.txt" }, "text/plain", Buffer.from("more than ten bytes"));
  expect(reasonOf(await one.call(uploadPath("uploadType=multipart"), text))).toBe("403 storageQuotaExceeded"); // prettier-ignore
  const begun = await one.call(uploadPath("uploadType=resumable"), {
    method: "POST",
    headers: { "x-upload-content-length": "50" },
  });
  expect(reasonOf(begun)).toBe("403 storageQuotaExceeded");
  const folder = { name: "f", mimeType: "application/vnd.google-apps.folder" };
  expect((await one.send("POST", "files", folder)).status).toBe(200);
});

test.each([
  [{ kind: "too_many_requests" }, "403 userRateLimitExceeded"],
  [{ kind: "too_many_requests", retry_after: 7 }, "429 rateLimitExceeded"],
  [{ kind: "server_error" }, "500 internalError"],
  [{ kind: "server_error", status: 503 }, "503 backendError"],
  [{ kind: "expired_token" }, "401 authError"],
])("the fault %j is worded as Drive words it", async (fault, reason) => {
  await using one = await drive();
  await one.control("/_config", { faults: [fault] });
  const answer = await one.get("files");
  expect(reasonOf(answer)).toBe(reason);
  expect(answer.headers.get("retry-after")).toBe("retry_after" in fault ? "7" : null);
});

test("what there is not is told as Drive tells it", async () => {
  await using one = await drive();
  const unknown = await fetch(`${one.tool.base_url}/drive/v3/teamdrives`, {
    headers: { authorization: `Bearer ${String(one.tool.credential["token"])}` },
  });
  expect(await unknown.json()).toMatchObject({ error: { code: 404 } });
  expect((await one.send("DELETE", "files")).status).toBe(405);
});
