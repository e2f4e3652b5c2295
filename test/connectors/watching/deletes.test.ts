import { CLIENT_SECRET } from "#sandbox/tools/hubspot/access/sign-in.ts";
import type { Json } from "#domain/json.ts";
import { asRead, type SourceRecord } from "#domain/record.ts";
import { expect, test } from "vitest";
import type { ToolName } from "../acceptance/tool.ts";
import { archiving, write } from "../events/tried.ts";
import { never } from "../world.ts";
import { type Told, toldBy, within } from "./tried.ts";

async function toldSince(told: Told, object: string, from: Json): Promise<readonly SourceRecord[]> {
  const read: SourceRecord[] = [];
  const about = { gone: true, told: true, signal: never };
  for await (const page of told.source(object).pages(from, about))
    read.push(...page.records.map(asRead));
  return read;
}

const firstOf = (records: readonly SourceRecord[]): string =>
  records.find(({ content }) => content.kind === "live")!.id;

test.each<[ToolName, string]>([
  ["hubspot", "contacts"],
  ["asana", "tasks"],
  ["monday", "tasks"],
  ["freshbooks", "clients"],
])("%s: a delete that is told is confirmed by reading the record", async (tool, object) => {
  await using told = await toldBy(tool);
  const { records, checkpoint } = await told.readAll(object);
  if (tool === "hubspot")
    await told.control("/_config", { webhook: { url: await told.given(CLIENT_SECRET) } });
  else await told.watch(object);
  const id = firstOf(records);
  const before = told.messages.length;
  await write(told, object, archiving(id));
  const outcome = await told.until(object, before);
  expect(outcome?.records).toContainEqual({ object, id });
  const read = await toldSince(told, object, checkpoint);
  expect(read).toMatchObject([{ id, content: { kind: "gone" } }]);
  // Who does not want to hear of deletes does not.
  const pages = told.source(object).pages(checkpoint, { gone: false, told: true, signal: never });
  for await (const page of pages) expect(page.records).toEqual([]);
});

test("a delete that did not happen is not believed", async () => {
  await using told = await toldBy("monday");
  const { records, checkpoint } = await told.readAll("tasks");
  const id = firstOf(records);
  const { url, address } = await told.address();
  const event = { type: "delete_pulse", boardId: Number(told.tool.settings["board_id"]), itemId: Number(id) }; // prettier-ignore
  const body = Buffer.from(JSON.stringify({ event }));
  const headers = { "content-type": "application/json" };
  const request = { method: "POST", url, headers, body, object: null, address };
  const outcome = await told.world.tools.receive(told.connection, request, never);
  expect(outcome.records).toEqual([{ object: "tasks", id }]);
  expect(await toldSince(told, "tasks", checkpoint)).toMatchObject([{ id, content: { kind: "live" } }]); // prettier-ignore
});

test("what comes twice, or last first, is one reading of each record", async () => {
  await using told = await toldBy("hubspot");
  const { records, checkpoint } = await told.readAll("contacts");
  const url = await told.given(CLIENT_SECRET);
  await told.control("/_config", { webhook: { url, untidy: true } });
  const ids = records.slice(0, 5).map(({ id }) => id);
  for (const round of ["one", "two"])
    for (const id of ids) await told.edit("contacts", id, { company: `${id} ${round}` });
  const heard = () => new Set(told.messages.flatMap(({ outcome }) => outcome.records.map(({ id }) => id))); // prettier-ignore
  await within(10_000, async () => heard().size >= ids.length);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const read = await toldSince(told, "contacts", checkpoint);
  expect(read.map(({ id }) => id).sort()).toEqual([...ids].sort());
  for (const { id, content } of read)
    expect(content).toMatchObject({ kind: "live", fields: { company_name: `${id} two` } });
});

test("an event of another company's says nothing", async () => {
  await using told = await toldBy("quickbooks");
  const plan = { type: "qbo.customer.updated.v1", intuitentityid: "1", intuitaccountid: "999" };
  const { createHmac } = await import("node:crypto");
  const url = await told.given("verifier");
  const address = (await told.world.hooks.addressOf(told.connection.name))!;
  const send = (events: unknown) => {
    const body = Buffer.from(JSON.stringify(events));
    const signature = createHmac("sha256", "verifier").update(body).digest("base64");
    const headers = { "content-type": "application/json", "intuit-signature": signature };
    return told.world.tools.receive(told.connection, { method: "POST", url, headers, body, object: null, address }, never); // prettier-ignore
  };
  expect(await send([plan])).toMatchObject({ answer: { status: 200 }, changed: [] });
  const ours = { ...plan, intuitaccountid: told.tool.settings["realm_id"] };
  expect((await send([ours])).changed).toEqual(["customers", "companies"]);
  // A merge names the one that is left and the one that is not.
  const merge = { ...ours, type: "qbo.customer.merged.v1", data: { deletedid: "2" } };
  const { records } = await send([merge]);
  expect(records.filter(({ object }) => object === "customers").map(({ id }) => id)).toEqual(["1", "2"]); // prettier-ignore
  expect(told.world.hints.all).toContainEqual(
    expect.objectContaining({ object: "customers", record: "2", into: "1" }),
  );
});
