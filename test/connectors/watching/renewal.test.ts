import { signedToken } from "#sandbox/tools/jwt.ts";
import { SIGNING_SECRET } from "#sandbox/tools/monday/access.ts";
import type { MadeHook } from "#domain/ports/watches.ts";
import { expect, test } from "vitest";
import type { ToolName } from "../acceptance/tool.ts";
import { never } from "../world.ts";
import { type Told, toldBy, type Watched } from "./tried.ts";

const prolong = ({ world, connection }: Told, { name, hook }: Watched): Promise<MadeHook | null> =>
  world.tools.watching.prolong(connection, name, hook, never);

const inDays = (instant: Temporal.Instant | null | undefined): number =>
  Math.round((instant?.since(Temporal.Now.instant()).total("hours") ?? 0) / 24);

test("Airtable's lasts seven days, and seven more when it is renewed", async () => {
  await using told = await toldBy("airtable");
  const [watched] = await told.watch("customers");
  expect(inDays(watched?.hook.expires)).toBe(7);
  await new Promise((resolve) => setTimeout(resolve, 5));
  const renewed = await prolong(told, watched!);
  expect(Temporal.Instant.compare(renewed!.expires!, watched!.hook.expires!)).toBe(1);
  await told.unwatch([watched!]);
  expect(await prolong(told, watched!)).toBeNull();
});

test("a channel of Google's is asked for as long as it may last, and only another one follows it", async () => {
  await using told = await toldBy("google-drive");
  const [first] = await told.watch("files");
  expect(inDays(first?.hook.expires)).toBe(7);
  expect(first?.hook.kept["resource"]).toEqual(expect.any(String));
  expect(await prolong(told, first!)).toBeNull();
  const [second] = await told.watch("files");
  await told.unwatch([first!]);
  const before = told.messages.length;
  const { records } = await told.readAll("files");
  await told.edit("files", records[0]!.id, { name: "By hand" });
  expect(await told.until("files", before)).toBeDefined();
  // Ended twice is ended.
  await told.unwatch([first!, second!]);
});

test.each<[ToolName, string]>([
  ["activecampaign", "contacts"],
  ["mailchimp", "members"],
  ["freshbooks", "invoices"],
  ["asana", "projects"],
])(
  "%s: what does not end is asked after, and told apart from what is gone",
  async (tool, object) => {
    await using told = await toldBy(tool);
    const [watched] = await told.watch(object);
    expect(inDays(watched?.hook.expires)).toBe(1);
    expect(await prolong(told, watched!)).toMatchObject({ id: watched!.hook.id });
    await told.unwatch([watched!]);
    expect(await prolong(told, watched!)).toBeNull();
    await told.unwatch([watched!]);
  },
);

test("what a tool refuses is said in its words, without the address", async () => {
  await using told = await toldBy("asana");
  const { address } = await told.address();
  const url = "http://localhost:1/hooks/a-secret-token";
  const made = told.world.tools.watching.make(told.connection, "projects//", { url, address }, never); // prettier-ignore
  await expect(made).rejects.toThrow(/^Asana/);
  await expect(made).rejects.not.toThrow(/a-secret-token/);
});

test("a table with more webhooks than the tool takes says so", async () => {
  await using told = await toldBy("airtable");
  for (let n = 0; n < 10; n++) await told.watch("customers");
  await expect(told.watch("customers")).rejects.toThrow(
    "Airtable refuses the webhook: The base has too many webhooks.",
  );
});

test("monday's token is asked for once somebody has copied the secret that signs it", async () => {
  await using told = await toldBy("monday");
  const { url, address } = await told.address();
  const event = { type: "update_name", boardId: Number(told.tool.settings["board_id"]), pulseId: 7 }; // prettier-ignore
  const send = async (authorization?: string) => {
    const headers = { "content-type": "application/json", ...(authorization !== undefined && { authorization }) }; // prettier-ignore
    const body = Buffer.from(JSON.stringify({ event }));
    const request = { method: "POST", url, headers, body, object: null, address };
    return (await told.world.tools.receive(told.connection, request, never)).answer.status;
  };
  const exp = Math.floor(Date.now() / 1000) + 300;
  expect(await send()).toBe(200);
  await told.given(SIGNING_SECRET);
  expect(await send()).toBe(401);
  expect(await send(signedToken({ aud: url, exp }, SIGNING_SECRET))).toBe(200);
  expect(await send(signedToken({ aud: url, exp }, "another"))).toBe(401);
  expect(await send(signedToken({ aud: "https://else.example/", exp }, SIGNING_SECRET))).toBe(401);
});
