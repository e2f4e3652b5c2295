import { CLIENT_SECRET as dropboxSecret } from "#sandbox/tools/dropbox/sign-in.ts";
import { CLIENT_SECRET as hubspotSecret } from "#sandbox/tools/hubspot/access/sign-in.ts";
import { VERIFIER_TOKEN } from "#sandbox/tools/quickbooks/webhooks.ts";
import { describe, expect, test } from "vitest";
import type { ToolName } from "../acceptance/tool.ts";
import { never } from "../world.ts";
import { type Told, toldBy } from "./tried.ts";

type Case = {
  tool: ToolName;
  object: string;
  /** What the tool calls it in `/_edit`. */
  known?: string;
  edit: Record<string, unknown>;
  /** Whether its messages name the record. */
  names: boolean;
  /** The header that proves who sends; null where only the address does. */
  proof: string | null;
  /** What a person does where the tool cannot be asked by us. Returns how they undo it. */
  byHand?: (told: Told) => Promise<() => Promise<unknown>>;
};

const inPortal = (secret: string) => async (told: Told) => {
  await told.control("/_config", { webhook: { url: await told.given(secret) } });
  return () => told.control("/_config", { webhook: null });
};
const inConsole = async (told: Told) => {
  const write = async (url: string | null) => {
    const answer = await fetch(`${told.tool.base_url}/_webhook`, { method: "POST", body: JSON.stringify({ url }) }); // prettier-ignore
    expect(answer.status).toBe(200);
  };
  await write(await told.given(dropboxSecret));
  return () => write(null);
};

const cases: readonly Case[] = [
  { tool: "hubspot", object: "contacts", edit: { company: "By hand" }, names: true, proof: "x-hubspot-signature-v3", byHand: inPortal(hubspotSecret) },
  { tool: "hubspot", object: "companies", edit: { description: "By hand" }, names: true, proof: "x-hubspot-signature-v3", byHand: inPortal(hubspotSecret) },
  { tool: "hubspot", object: "deals", edit: { dealname: "By hand" }, names: true, proof: "x-hubspot-signature-v3", byHand: inPortal(hubspotSecret) },
  { tool: "hubspot", object: "orders", edit: { hs_order_note: "By hand" }, names: true, proof: "x-hubspot-signature-v3", byHand: inPortal(hubspotSecret) },
  { tool: "quickbooks", object: "customers", edit: { CompanyName: "By hand" }, names: true, proof: "intuit-signature", byHand: inPortal(VERIFIER_TOKEN) },
  { tool: "quickbooks", object: "invoices", edit: { CustomerMemo: { value: "By hand" } }, names: true, proof: "intuit-signature", byHand: inPortal(VERIFIER_TOKEN) },
  { tool: "dropbox", object: "files", edit: { name: "By hand" }, names: false, proof: "x-dropbox-signature", byHand: inConsole },
  { tool: "activecampaign", object: "contacts", edit: { lastName: "By hand" }, names: true, proof: null },
  { tool: "activecampaign", object: "accounts", edit: { accountUrl: "https://by.example" }, names: true, proof: null },
  { tool: "activecampaign", object: "deals", edit: { title: "By hand" }, names: true, proof: null },
  { tool: "mailchimp", object: "members", edit: { LNAME: "By hand" }, names: false, proof: "x-mailchimp-signature" },
  { tool: "freshbooks", object: "clients", edit: { organization: "By hand" }, names: true, proof: "x-freshbooks-hmac-sha256" },
  { tool: "freshbooks", object: "companies", known: "clients", edit: { organization: "By hand" }, names: true, proof: "x-freshbooks-hmac-sha256" },
  { tool: "freshbooks", object: "invoices", edit: { notes: "By hand" }, names: true, proof: "x-freshbooks-hmac-sha256" },
  { tool: "freshbooks", object: "projects", edit: { title: "By hand" }, names: true, proof: "x-freshbooks-hmac-sha256" },
  { tool: "asana", object: "tasks", edit: { notes: "By hand" }, names: true, proof: "x-hook-signature" },
  { tool: "asana", object: "projects", edit: { notes: "By hand" }, names: true, proof: "x-hook-signature" },
  { tool: "monday", object: "tasks", known: "items", edit: { name: "By hand" }, names: true, proof: null },
  { tool: "monday", object: "customers", edit: { name: "By hand" }, names: true, proof: null },
  { tool: "monday", object: "invoices", edit: { name: "By hand" }, names: true, proof: null },
  { tool: "monday", object: "deals", edit: { name: "By hand" }, names: true, proof: null },
  { tool: "google-drive", object: "files", edit: { name: "By hand" }, names: false, proof: "x-goog-channel-token" },
  { tool: "airtable", object: "customers", edit: { Notes: "By hand" }, names: false, proof: "x-airtable-content-mac" },
]; // prettier-ignore

async function begin(told: Told, { object, byHand }: Case): Promise<() => Promise<unknown>> {
  if (byHand !== undefined) return byHand(told);
  const watched = await told.watch(object);
  expect(watched.length).toBeGreaterThan(0);
  return () => told.unwatch(watched);
}

describe.each(cases)("$tool $object", (about) => {
  const { tool, object, known = object, edit, names, proof } = about;

  test("what changes there is told, verified, and read again; forged it is refused", async () => {
    await using told = await toldBy(tool);
    const { records, checkpoint } = await told.readAll(object);
    const end = await begin(told, about);
    const { id } = records.find(({ content }) => content.kind === "live")!;
    const before = told.messages.length;

    await told.edit(known, id, edit);
    const outcome = await told.until(object, before);
    expect(outcome?.answer.status).toBe(200);
    const named = outcome?.records.filter((one) => one.object === object).map((one) => one.id);
    expect(named).toEqual(names ? [id] : []);

    // What was told is read, and nothing else where it was named.
    const read: string[] = [];
    for await (const page of told.source(object).pages(checkpoint, { gone: true, told: true, signal: never }))
      read.push(...page.records.map((one) => one.id)); // prettier-ignore
    expect(read).toContain(id);
    if (names) expect(new Set(read)).toEqual(new Set([id]));

    const { request } = told.messages.at(-1)!;
    const asked = { connection: told.connection, of: told.world };
    const send = (changed: Partial<typeof request>) =>
      asked.of.tools.receive(asked.connection, { ...request, ...changed }, never);
    if (proof !== null) {
      const other = (request.headers[proof] ?? "").replace(/[0-9a-z](?=[^0-9a-z]*$)/i, (sign) => (sign === "0" ? "1" : "0")); // prettier-ignore
      for (const headers of [{ ...request.headers, [proof]: other }, { ...request.headers, [proof]: "" }]) {
        const forged = await send({ headers });
        expect(forged).toMatchObject({ answer: { status: 401 }, changed: [], records: [] });
      } // prettier-ignore
    }

    await end();
    const silent = told.messages.length;
    await told.edit(known, id, Object.fromEntries(Object.entries(edit).map(([key, value]) => [key, typeof value === "string" ? `${value} again` : { value: "again" }]))); // prettier-ignore
    expect(await told.until(object, silent, 400)).toBeUndefined();
  });
});

test("Salesforce has no webhooks, and a board of monday's tells nothing of itself", async () => {
  await using salesforce = await toldBy("salesforce");
  expect(salesforce.objects.map(({ events }) => events)).not.toContain(true);
  await using monday = await toldBy("monday");
  expect(await monday.watch("projects")).toEqual([]);
});
