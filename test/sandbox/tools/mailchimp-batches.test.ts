import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Account, bad, type Fields, hash, mailchimp, type MemberShown, unfit } from "./mailchimp-account.ts"; // prettier-ignore

type Subscribed = {
  new_members: MemberShown[];
  updated_members: MemberShown[];
  errors: Fields[];
  total_created: number;
  total_updated: number;
  error_count: number;
};

type Batch = {
  id: string;
  status: string;
  total_operations: number;
  finished_operations: number;
  errored_operations: number;
  completed_at: string;
  response_body_url: string;
};

const subscribe = (account: Account, members: Fields[], more: Fields = {}, query = "") =>
  account.send<Subscribed>("POST", query, { members, ...more });

const member = (email_address: string, merge_fields: Fields = {}) => ({ email_address, status: "subscribed", merge_fields }); // prettier-ignore

test("several members are written together, each on its own", async () => {
  await using account = await mailchimp({ seed: 0 });
  await account.send("POST", "/members", member("ada@example.com", { FNAME: "Ada" }));
  const { status, body } = await subscribe(account, [
    member("ada@example.com", { LNAME: "King" }),
    member("bea@example.com"),
    member("cyd@example.com", { LTV: "much" }),
    member("not an address"),
  ]);
  expect([status, body.total_created, body.total_updated, body.error_count]).toEqual([
    200, 1, 0, 3,
  ]);
  expect(body.errors).toMatchObject([
    { email_address: "ada@example.com", error_code: "ERROR_CONTACT_EXISTS" },
    { email_address: "cyd@example.com", error_code: "ERROR_GENERIC", field: "LTV", field_message: "Please enter a number" }, // prettier-ignore
    { email_address: "not an address", error_code: "ERROR_GENERIC", error: "An email address must contain a single @" }, // prettier-ignore
  ]);
});

test("with update_existing those that are there are updated, and tags may be made equal", async () => {
  await using account = await mailchimp({ seed: 0 });
  await subscribe(account, [{ ...member("ada@example.com"), tags: ["old"] }]);
  const kept = await subscribe(account, [{ ...member("ada@example.com", { FNAME: "Ada" }), tags: ["new"] }], { update_existing: true }); // prettier-ignore
  expect(kept.body).toMatchObject({ total_updated: 1, updated_members: [{ merge_fields: { FNAME: "Ada" } }] }); // prettier-ignore
  expect(kept.body.updated_members[0]?.tags.map(({ name }) => name)).toEqual(["old", "new"]);
  const synced = await subscribe(account, [{ ...member("ada@example.com"), tags: ["new"] }], { update_existing: true, sync_tags: true }); // prettier-ignore
  expect(synced.body.updated_members[0]?.tags.map(({ name }) => name)).toEqual(["new"]);
});

test("five hundred are the most, and an address twice is refused unless that is skipped", async () => {
  await using account = await mailchimp({ seed: 0 });
  const many = Array.from({ length: 501 }, (_, n) => member(`m${String(n)}@example.com`));
  expect(await subscribe(account, many)).toMatchObject(unfit("members", "This collection should contain 500 elements or less.")); // prettier-ignore
  const twins = [member("ada@example.com", { FNAME: "one" }), member("ADA@example.com", { FNAME: "two" })]; // prettier-ignore
  expect(await subscribe(account, twins)).toMatchObject(bad("Bad Request"));
  const { body } = await subscribe(account, twins, {}, "?skip_duplicate_check=true");
  expect(body.new_members).toMatchObject([{ merge_fields: { FNAME: "one" } }]);
});

async function finished(account: Account, id: string): Promise<Batch> {
  for (;;) {
    const { body } = await account.get<Batch>(`//batches/${id}`);
    if (body.status === "finished") return body;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Unpacked by a program that is not ours. */
async function unpacked(url: string): Promise<Fields[]> {
  const folder = await mkdtemp(join(tmpdir(), "tieline-batch-"));
  try {
    const archive = Buffer.from(await (await fetch(url)).arrayBuffer());
    await writeFile(join(folder, "results.tar.gz"), archive);
    execFileSync("tar", ["-xzf", "results.tar.gz"], { cwd: folder });
    const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".json")); // prettier-ignore
    const files = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
    return files.flatMap((file) => JSON.parse(file) as Fields[]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const start = (account: Account, operations: Fields[]) =>
  account.send<Batch>("POST", "//batches", { operations });

const upsert = (account: Account, email: string, row: string, merge_fields: Fields = {}) => ({
  method: "PUT",
  path: `/lists/${account.list}/members/${hash(email)}`,
  operation_id: row,
  body: JSON.stringify({ email_address: email, status_if_new: "subscribed", merge_fields }),
});

test("a batch is accepted at once, runs later, and tells its results in an archive", async () => {
  await using account = await mailchimp({ seed: 0 });
  const began = await start(account, [
    upsert(account, "ada@example.com", "row-1"),
    upsert(account, "bea@example.com", "row-2", { LTV: "much" }),
    { method: "GET", path: `/lists/${account.list}/nothing`, operation_id: "row-3" },
  ]);
  expect(began.body).toMatchObject({ status: "pending", total_operations: 3, finished_operations: 0, response_body_url: "" }); // prettier-ignore
  expect(account.stats().records).toBe(0);

  const done = await finished(account, began.body.id);
  expect(done).toMatchObject({ finished_operations: 3, errored_operations: 2 });
  const results = await unpacked(done.response_body_url);
  const byRow = new Map(results.map((result) => [result["operation_id"], result]));
  expect(byRow.get("row-1")).toMatchObject({ status_code: 200 });
  expect(JSON.parse(String(byRow.get("row-2")?.["response"]))).toMatchObject({ title: "Invalid Resource", errors: [{ field: "LTV" }] }); // prettier-ignore
  expect(byRow.get("row-3")).toMatchObject({ status_code: 404 });
  expect(account.stats().records).toBe(1);
});

test("a batch runs also where nobody asks for it, and in no order to rely on", async () => {
  await using account = await mailchimp({ seed: 0 });
  await account.control("/_config", { batch_ms: 40 });
  await start(account, [
    upsert(account, "ada@example.com", "1", { FNAME: "first" }),
    upsert(account, "ada@example.com", "2", { FNAME: "second" }),
  ]);
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect((await account.get("/members")).body.members).toMatchObject([{ merge_fields: { FNAME: "first" } }]); // prettier-ignore
});

test("a list without a count is read to its end, over several files", async () => {
  await using account = await mailchimp({ seed: 230 });
  await account.control("/_config", { batch_ms: 0 });
  const path = `/lists/${account.list}/members`;
  const whole = await start(account, [{ method: "GET", path, params: { fields: "members.id,total_items" } }]); // prettier-ignore
  const { response_body_url } = await finished(account, whole.body.id);
  const results = await unpacked(response_body_url);
  const pages = results.map(({ response }) => (JSON.parse(String(response)) as { members: [] }).members.length); // prettier-ignore
  expect(pages.toSorted((a, b) => b - a)).toEqual([100, 100, 30]);
});

test("the address of results ends after a while, and asking again makes another", async () => {
  await using account = await mailchimp({ seed: 0 });
  await account.control("/_config", { batch_ms: 0, result_url_ms: 0 });
  const { body } = await start(account, [upsert(account, "ada@example.com", "1")]);
  const { response_body_url: url } = await finished(account, body.id);
  await new Promise((resolve) => setTimeout(resolve, 1050));
  const late = await fetch(url);
  expect([late.status, late.headers.get("content-type")]).toEqual([403, "application/xml"]);
  const forged = url.replace(/Expires=\d+/, "Expires=99999999999");
  expect((await fetch(forged)).status).toBe(403);
  await account.control("/_config", { result_url_ms: 600_000 });
  const again = await finished(account, body.id);
  expect(await unpacked(again.response_body_url)).toHaveLength(1);
});

test("a body that is an object fails as the operation runs, wrong operations at once", async () => {
  await using account = await mailchimp({ seed: 0 });
  await account.control("/_config", { batch_ms: 0 });
  const nested = { ...upsert(account, "ada@example.com", "1"), body: { email_address: "x" } };
  const { body } = await start(account, [nested]);
  expect(await finished(account, body.id)).toMatchObject({ errored_operations: 1 });
  expect(await start(account, [{ method: "FETCH", path: "/lists" }])).toMatchObject({
    status: 400,
  });
  expect(await start(account, [{ path: "/lists" }])).toMatchObject(unfit("operations.0", "Required fields were not provided: method")); // prettier-ignore
  expect((await account.get<{ total_items: number }>("//batches")).body.total_items).toBe(1);
  expect((await account.send("DELETE", `//batches/${body.id}`)).status).toBe(204);
});
