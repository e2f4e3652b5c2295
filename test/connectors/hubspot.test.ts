import { expect, test } from "vitest";
import type { Fields } from "#domain/fields.ts";
import type { SourceRecord, Write, WriteOutcome } from "#domain/record.ts";
import type { SimulatedTool } from "#sandbox/tools/simulated-tool.ts";
import { tryTool, type Tried } from "./acceptance/tool.ts";
import { connectionTo, never } from "./world.ts";

const create = (fields: Fields): Write => ({ kind: "create", key: "k", hash: "h", fields });
const update = (id: string, fields: Fields): Write => ({ kind: "update", key: "k", hash: "h", id, version: null, fields }); // prettier-ignore

/** With settings of its own, as somebody would give them. */
const withSettings = ({ tool, world }: Tried, settings: Record<string, string>) => {
  const connection = connectionTo("hubspot", tool.base_url, { settings });
  const origin = { connection: connection.name, flow: "f" as never, content: null };
  return {
    connection,
    source: (object: string) => world.tools.source(connection, object),
    target: (object: string) => world.tools.target(connection, object, origin),
  };
};

type Target = ReturnType<Tried["target"]>;
async function send(target: Target, ...writes: Write[]): Promise<readonly WriteOutcome[]> {
  const sent = await target.send({ id: "r", writes }, never);
  if (sent.kind !== "each") throw new Error(JSON.stringify(sent));
  return sent.outcomes;
}
const idOf = (outcome: WriteOutcome | undefined): string =>
  outcome?.kind === "accepted" ? outcome.id : JSON.stringify(outcome);
const fieldsOf = (record: SourceRecord | undefined): Fields =>
  record?.content.kind === "live" ? record.content.fields : {};

test("whom a deal and an order are for is told by every way of reading", async () => {
  await using tried = await tryTool("hubspot", { seed: 60, flaws: false });
  const whose = { customer: "1001", company: "20002" };
  for (const [object, key] of [
    ["deals", "title"],
    ["orders", "number"],
  ] as const) {
    // prettier-ignore
    const before = await tried.readAll(object);
    expect(before.records.every((record) => "customer" in fieldsOf(record))).toBe(true);
    expect(before.records.some((record) => fieldsOf(record)["company"] !== null)).toBe(true);
    const target = tried.target(object);
    const id = idOf((await send(target, create({ [key]: "Silo 9", ...whose })))[0]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const changed = (await tried.readAll(object, before.checkpoint)).records;
    const [[found] = []] = await target.find(key, ["silo 9"], never);
    const listed = (await tried.readAll(object)).records;
    for (const fields of [
      fieldsOf(changed.find((record) => record.id === id)),
      fieldsOf(listed.find((record) => record.id === id)),
      (await target.read([id], never))[0]?.fields,
      found?.fields,
    ])
      expect(fields).toMatchObject(whose);
  }
});

test("another company takes the place of the one somebody worked for, and stays where none is given", async () => {
  await using tried = await tryTool("hubspot", { seed: 60, flaws: false });
  const contacts = tried.target("contacts");
  const company = async () => (await contacts.read(["1001"], never))[0]?.fields["company"];
  for (const [given, now] of [
    ["20003", "20003"],
    ["20004", "20004"],
    [null, "20004"],
  ]) {
    // prettier-ignore
    expect(await send(contacts, update("1001", { company: given ?? null }))).toMatchObject([{ kind: "accepted" }]); // prettier-ignore
    expect(await company()).toBe(now);
  }
  expect(await send(contacts, update("1001", { company: "99" }))).toMatchObject([{ kind: "rejected", problem: { class: "missing_reference", field: "company" } }]); // prettier-ignore
});

test("a deal's stage is what the settings say, and in a pipeline of others HubSpot's own word counts", async () => {
  await using tried = await tryTool("hubspot", { seed: 5 });
  const renewals = withSettings(tried, {
    deal_pipeline: "75510043",
    deal_stage: "139224301",
    deal_stage_won: "139224303",
    deal_stage_lost: "139224304",
  });
  const deals = renewals.target("deals");
  const statuses = ["open", "won", "lost"] as const;
  const [plain, ...made] = (await send(deals, create({ title: "New" }), ...statuses.map((status) => create({ title: status, status })))).map(idOf); // prettier-ignore
  const statusOf = async (id: string) => (await deals.read([id], never))[0]?.fields["status"];
  expect(await Promise.all([plain ?? "", ...made].map(statusOf))).toEqual(["open", ...statuses]);
  // The usual stages are none of that pipeline.
  expect(await send(tried.target("deals"), update(plain ?? "", { status: "won" }))).toMatchObject([{ kind: "rejected", problem: { class: "invalid", code: "INVALID_OPTION" } }]); // prettier-ignore
  expect(await statusOf(plain ?? "")).toBe("open");
  await tried.control("/_edit", { id: plain, object: "deals", set: { dealstage: "139224302" } });
  expect(await statusOf(plain ?? "")).toBe("open");
});

test("an order's status that nobody knows is asked about", async () => {
  await using tried = await tryTool("hubspot", { seed: 5 });
  await tried.control("/_edit", { id: "40001", object: "orders", set: { hs_fulfillment_status: "Returned" } }); // prettier-ignore
  const [order] = await tried.source("orders").read(["40001"], never);
  expect(order?.content).toMatchObject({ kind: "live", problems: [{ field: "status", code: "BAD_CHOICE" }] }); // prettier-ignore
});

test.each(["contacts", "companies", "deals", "orders"])(
  "of two %s that became one the other is known by its id, and what is archived is seen",
  async (object) => {
    await using tried = await tryTool("hubspot", { seed: 60, flaws: false });
    const { records, checkpoint } = await tried.readAll(object);
    const [kept = "", merged = "", archived = ""] = records.map(({ id }) => id);
    await tried.control("/_edit", { id: merged, object, set: { merge_into: kept } });
    expect(await send(tried.target(object), { kind: "archive", key: "k", id: archived, version: null })).toMatchObject([{ kind: "accepted" }]); // prettier-ignore
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (const from of [checkpoint, null]) {
      const now = (await tried.readAll(object, from, true)).records;
      expect(now.find(({ id }) => id === archived)?.content).toEqual({ kind: "gone" });
      const swallowing = now.flatMap(({ content }) => content.kind === "live" ? content.swallowed ?? [] : []); // prettier-ignore
      expect(swallowing).toEqual(expect.arrayContaining([kept, merged]));
    }
  },
);

test("a property of one's own takes the place of HubSpot's, and nobody asks for what is left out", async () => {
  await using tried = await tryTool("hubspot", { seed: 60, flaws: false });
  const own = withSettings(tried, {
    deal_columns: "notes = closed_lost_reason; customer =",
    order_columns: "number = hs_external_order_id; customer =; company =",
  });
  const deals = own.target("deals");
  const id = idOf((await send(deals, create({ title: "Silo", notes: "Too dear" })))[0]);
  expect((await deals.read([id], never))[0]?.fields).toMatchObject({ notes: "Too dear" });
  expect((await tried.target("deals").read([id], never))[0]?.fields).toMatchObject({ notes: null });
  const [[found] = []] = await own.target("orders").find("number", ["shop-880001"], never);
  expect(found?.id).toBe("40001");
  expect(found?.fields).not.toHaveProperty("customer");

  const asked = () => Object.entries(tried.tool.stats().requests).filter(([path]) => path.includes("/associations/")); // prettier-ignore
  const before = asked();
  for await (const { records } of own.source("orders").pages(null, { gone: false, signal: never }))
    expect(records.length).toBeGreaterThan(0);
  expect(asked()).toEqual(before);
  await tried.readAll("orders");
  expect(asked()).not.toEqual(before);
});

test("contacts are read with as few requests as before there were companies", async () => {
  await using tried = await tryTool("hubspot", { seed: 500 });
  const total = () => Object.values(tried.tool.stats().requests).reduce((sum, n) => sum + n, 0);
  const before = total();
  expect((await tried.readAll("contacts")).records).toHaveLength(500);
  expect(total() - before).toBe(5);
});

test("a key for contacts alone is enough for contacts, and is said to be no more", async () => {
  await using tried = await tryTool("hubspot", { seed: 5 });
  const { oauth } = tried.tool as SimulatedTool & { oauth: Record<string, string> };
  const query = new URLSearchParams({
    client_id: oauth["client_id"] ?? "",
    redirect_uri: "http://127.0.0.1:3000/back",
    scope: "oauth crm.objects.contacts.read crm.objects.contacts.write",
    state: "s",
  });
  const page = await (await fetch(`${oauth["authorize"] ?? ""}?${query.toString()}`)).text();
  const href = /id="allow" href="([^"]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const body = new URLSearchParams({
    grant_type: "authorization_code",
    code: new URL(href).searchParams.get("code") ?? "",
    redirect_uri: query.get("redirect_uri") ?? "",
    client_id: oauth["client_id"] ?? "",
    client_secret: oauth["client_secret"] ?? "",
  });
  const granted = await fetch(oauth["token"] ?? "", { method: "POST", body });
  const { access_token } = (await granted.json()) as { access_token: string };
  tried.world.vault.secret = { token: access_token };
  expect(await tried.world.tools.check(tried.connection, never)).toMatchObject({
    ok: true,
    can: ["read and write contacts"],
    samples: [{ object: "contacts" }],
  });
  await expect(tried.readAll("deals")).rejects.toThrow("hasn't been granted all required scopes");
});
