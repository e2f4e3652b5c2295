import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Caller, hubspot, quickbooks } from "./call.ts";

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "tieline-tools-"));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("HubSpot finds its contacts again, with their ids and e-mails taken", () =>
  inFolder(async (folder) => {
    {
      await using first = await hubspot({ folder, seed: 3 });
      await first.post("", { properties: { email: "ada@example.com" } });
      await first.send("DELETE", "/1001");
    }
    await using second = await hubspot({ folder, seed: 3 });
    expect(second.stats()).toMatchObject({ records: 4, active: 3, creates: 0 });
    const taken = await second.post("", { properties: { email: "ada@example.com" } });
    expect(taken.status).toBe(409);
    const next = await second.post("", { properties: { email: "grace@example.com" } });
    expect(next.body).toMatchObject({ id: "1005" });
    expect((await second.control("/_seed", { contacts: 2 })).status).toBe(200);
  }));

async function refreshed(books: Caller): Promise<string> {
  const { client_id = "", client_secret = "", refresh_token = "" } = books.oauth ?? {};
  const response = await fetch(books.oauth?.token ?? "", {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${client_id}:${client_secret}`)}` },
    body: new URLSearchParams({ grant_type: "refresh_token", refresh_token }),
  });
  return ((await response.json()) as { refresh_token: string }).refresh_token;
}

test("QuickBooks finds customers, request ids and the last refresh token again", () =>
  inFolder(async (folder) => {
    const ann = { DisplayName: "Ann" };
    const before = await (async () => {
      await using first = await quickbooks({ folder, seed: 2 });
      const created = await first.post("/customer?requestid=r1", ann);
      return { created: created.body, token: await refreshed(first) };
    })();
    await using second = await quickbooks({ folder, seed: 2 });
    expect(second.oauth?.refresh_token).toBe(before.token);
    expect((await second.post("/customer?requestid=r1", ann)).body).toEqual(before.created);
    expect((await second.post("/customer", ann)).status).toBe(400);
    expect(second.stats()).toMatchObject({ records: 3, creates: 0 });
  }));
