import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyFolder, startTieline, tieline, type Process } from "../support/bot.ts";
import { personAt } from "../support/person.ts";
import { outsideWorld, post, type OutsideWorld, type Tool } from "../support/sandbox.ts";

const room = "integrations";
const flow = "contacts-both-ways";
let folder: Awaited<ReturnType<typeof emptyFolder>>;
let world: OutsideWorld;
let bot: Process;
let olivia: ReturnType<typeof personAt>;
let news: Tool;
let env: Record<string, string>;

const variable = (field: string): string => `NEWS_${field.toUpperCase()}`;

/** Mailchimp beside the CRM, and a flow between them that takes one company's people both ways. */
const workspace = (): string => `connections:
  news:
    connector: mailchimp
    base_url: ${news.base_url}
    settings: ${JSON.stringify(news.settings)}
    credential: { ${Object.keys(news.credential)
      .map((field) => `${field}: env:${variable(field)}`)
      .join(", ")} }
flows:
  ${flow}:
    from: crm/contacts
    to: news/members
    match: [email]
    where: { company_name: Tidewater }
    two_way: true
    truth: { default: ask, notes: newest }
    channel: "#${room}"
`;

beforeAll(async () => {
  folder = await emptyFolder();
  world = await outsideWorld(folder.path);
  const { mailchimp } = world.tools as unknown as Record<"mailchimp", Tool>;
  news = mailchimp;
  const credential = Object.entries(news.credential).map(([field, value]) => [variable(field), value]); // prettier-ignore
  env = { ...world.env, ...Object.fromEntries(credential), TIELINE_DIR: join(folder.path, "bot") };
  bot = startTieline(["start"], env);
  await bot.printed(/customers-to-books has not run yet/);
  const file = join(folder.path, "both-ways.yaml");
  await writeFile(file, workspace());
  const applied = await tieline(["apply", file], env);
  expect(applied.err + applied.out).toContain(flow);
  olivia = personAt(world.page);
});
afterAll(async () => {
  await bot?.[Symbol.asyncDispose]();
  await world?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

const asks = (line: string, answer: RegExp) =>
  olivia.hears(room, answer, () => olivia.type(room, line));
/** Everything again: HubSpot's search shows a change only after a while. */
const run = () => asks(`/sync run ${flow} full`, /(✓ \*Done|◔ \*Held)[^\n]*both-ways\* · \d+ read/);

const inCrm = (id: string | null, set: Record<string, string>) =>
  post(new URL("/_edit", world.tools.hubspot.base_url), { id, set });
const inNews = (id: string | null, set: Record<string, string>) =>
  post(new URL("/_edit", news.base_url), { id, set });
const idIn = (told: unknown, name: string): string =>
  String((told as Record<string, unknown>)[name]);

/** Somebody as HubSpot has them; not by its search, which shows a change only after a while. */
async function inHubspot(email: string) {
  const token = world.tools.hubspot.credential["token"] ?? "";
  const at = `/crm/objects/2026-09/contacts/${email}?idProperty=email&properties=phone,lastname,firstname`; // prettier-ignore
  const found = await fetch(new URL(at, world.tools.hubspot.base_url), {
    headers: { authorization: `Bearer ${token}` },
  });
  return (await found.json()) as { id: string; properties?: Record<string, string> };
}

/** What HubSpot and Mailchimp have of somebody now, by their own interfaces. */
async function both(email: string) {
  const { properties: crm } = await inHubspot(email);
  const list = `/3.0/lists/${news.settings["audience_id"] ?? ""}/members?count=1000`;
  const key = Object.values(news.credential)[0] ?? "";
  const members = await fetch(new URL(list, news.base_url), {
    headers: { authorization: `Bearer ${key}` },
  });
  const answer = (await members.json()) as {
    members: { email_address: string; contact_id: string; merge_fields: Record<string, string> }[];
  };
  const member = answer.members.find(({ email_address }) => email_address === email);
  return { crm, news: member?.merge_fields, id: member?.contact_id };
}

test("both sides meet in a preview, and then each has the other's", async () => {
  await inCrm(null, { email: "ann@tidewater.example", firstname: "Ann", lastname: "Lee", company: "Tidewater", phone: "+33170189901" }); // prettier-ignore
  await inNews(null, { email_address: "bob@tidewater.example", FNAME: "Bob", LNAME: "Moor", COMPANY: "Tidewater", PHONE: "+33170189902" }); // prettier-ignore

  const preview = await asks(`/sync preview ${flow}`, /How the two sides meet/);
  expect(preview.text).toMatch(/Only in HubSpot, to be made in Mailchimp: 1/);
  expect(preview.text).toMatch(/Only in Mailchimp, to be made in HubSpot: 1/);

  expect((await run()).text).toMatch(/2 written/);
  expect((await both("ann@tidewater.example")).news).toMatchObject({ FNAME: "Ann", LNAME: "Lee" });
  expect((await both("bob@tidewater.example")).crm).toMatchObject({ firstname: "Bob" });
  expect((await run()).text).toMatch(/ 0 written/);
});

test("what was changed on both sides is asked, and written as somebody chooses by clicking", async () => {
  const ann = "ann@tidewater.example";
  const { id } = await both(ann);
  const found = await inCrm(null, { email: "cid@tidewater.example", firstname: "Cid", company: "Tidewater" }); // prettier-ignore
  expect(idIn(found, "id")).toBeTruthy();
  await editAnn({ phone: "+33170189911", lastname: "Lee-Moor" });
  await inNews(id ?? "", { PHONE: "+33170189922" });

  await run();
  expect(await both(ann)).toMatchObject({
    crm: { phone: "+33170189911" },
    news: { LNAME: "Lee-Moor", PHONE: "+33170189922" },
  });
  const card = await olivia.message(room, /Waits for a decision/);
  expect(card.text).toMatch(/1 pair of records/);
  expect(card.text).toContain("Phone 1");
  expect(card.text).not.toMatch(/ann@|189911|189922/);

  await olivia.press(card, "Decide");
  const form = await olivia.modal(/Which phone counts/);
  expect(JSON.stringify(form)).toContain("+33170189911");
  await olivia.submit(form, {});
  await olivia.modal(/Choose a side for at least one field/);
  await olivia.submit(form, { "Which phone counts": "Mailchimp counts" });
  await olivia.close(await olivia.modal(/✓ Written/));

  expect(await both(ann)).toMatchObject({
    crm: { phone: "+33170189922" },
    news: { PHONE: "+33170189922" },
  });
  await olivia.becomes(card, /✓ \*Decided\*/);
  await asks(`/sync conflicts ${flow}`, /Nothing waits for a decision/);
});

test("somebody at a terminal is quicker, and the form that was open says so", async () => {
  const ann = "ann@tidewater.example";
  await editAnn({ phone: "+33170189933" });
  await inNews((await both(ann)).id ?? "", { PHONE: "+33170189944" });
  await run();
  const card = await olivia.message(room, /Waits for a decision/);
  await olivia.press(card, "Decide");
  const form = await olivia.modal(/Which phone counts/);

  const listed = await tieline(["conflicts", flow, "--json"], env);
  const { conflicts } = JSON.parse(listed.out) as { conflicts: { id: string }[] };
  expect(conflicts).toMatchObject([
    { fields: { phone: { base: "+33170189922", source: "+33170189933", target: "+33170189944" } } },
  ]);
  const decided = await tieline(["decide", conflicts[0]?.id ?? "", "source", "--json"], env);
  expect(decided.code).toBe(0);
  expect(JSON.parse(decided.out)).toMatchObject({ settled: true });
  expect((await both(ann)).news).toMatchObject({ PHONE: "+33170189933" });

  await olivia.submit(form, { "Which phone counts": "Mailchimp counts" });
  await olivia.modal(/Both sides agree already: it was settled by/);
  expect((await both(ann)).crm).toMatchObject({ phone: "+33170189933" });
});

/** Somebody changes Ann in HubSpot, where only its id is known. */
async function editAnn(set: Record<string, string>): Promise<void> {
  await inCrm((await inHubspot("ann@tidewater.example")).id, set);
}
