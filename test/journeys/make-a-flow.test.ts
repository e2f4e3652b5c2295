import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyFolder, startTieline, type Process } from "../support/bot.ts";
import { personAt, type View } from "../support/person.ts";
import { outsideWorld, type OutsideWorld } from "../support/sandbox.ts";

const room = "integrations";
const name = "contacts-to-hub";
let folder: Awaited<ReturnType<typeof emptyFolder>>;
let world: OutsideWorld;
let bot: Process;
let olivia: ReturnType<typeof personAt>;

beforeAll(async () => {
  folder = await emptyFolder();
  world = await outsideWorld(folder.path);
  bot = startTieline(["start"], { ...world.env, TIELINE_DIR: join(folder.path, "bot") });
  await bot.printed(/customers-to-books has not run yet/);
  olivia = personAt(world.page);
});
afterAll(async () => {
  await bot?.[Symbol.asyncDispose]();
  await world?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

const asks = (line: string, answer: RegExp) =>
  olivia.hears(room, answer, () => olivia.type(room, line));
const text = (view: View): string => JSON.stringify(view.blocks);

/** The button at a field on the page of fields. */
async function change(view: View, label: string): Promise<View> {
  const blocks = view.blocks.filter((block) => text({ ...view, blocks: [block] }).includes(`*${label}*`)); // prettier-ignore
  await olivia.pressInView({ ...view, blocks }, "Change");
  return olivia.modal(/It is filled/);
}

test("a flow is made by clicking, from both ends to its first run", async () => {
  await olivia.type(room, "/sync new");
  const begin = await olivia.modal(/Choose where records come from/);
  await olivia.choose(begin, "From", "Contacts in crm");
  const ends = await olivia.modal(/"To"/);
  const [, targets = ""] = text(ends).split('"To"');
  expect(targets).toContain("Customers in books");
  expect(targets).not.toContain("Invoices in hub");
  await olivia.submit(ends, { From: "Contacts in crm", To: "Customers in hub", Name: "Contacts!" });
  await olivia.modal(/Please use 2 to 50 small letters/);
  await olivia.submit(ends, { From: "Contacts in crm", To: "Customers in hub" });

  const rules = await olivia.modal(/A record is found by its/);
  expect(text(rules)).toContain(name);
  await olivia.submit(rules, { "Only records where": "Contry = FR" });
  await olivia.modal(/did you mean country/);
  await olivia.submit(rules, { "It runs": "At times of my own, below" });
  await olivia.modal(/Please say when/);
  await olivia.submit(rules, {
    "It runs": "Only when somebody starts it",
    "What it is for": "The hub knows every contact.",
  });

  const fields = await olivia.modal(/shown to you alone/);
  expect(text(fields)).toMatch(/\*E-mail\*  as it is\\n.+@.+ → .+@/);
  const phone = await change(fields, "Notes");
  await olivia.submit(phone, { "It is filled": "Always the value typed below" });
  await olivia.modal(/Please type the value/);
  await olivia.submit(phone, {
    "It is filled": "Always the value typed below",
    Value: "From the CRM",
  });
  const second = await olivia.modal(/version 2/);
  expect(text(second)).toContain("always From the CRM");
  const website = await change(second, "Website");
  await olivia.submit(website, { "It is filled": "Leave it out: it is not written" });
  const third = await olivia.modal(/version 3/);
  expect(text(third)).toContain("*Website*  left out");

  await olivia.submit(third, {});
  const preview = await olivia.modal(/to create/);
  expect(text(preview)).not.toMatch(/[a-z]{2,}@[a-z]{2,}/);
  await olivia.pressInView(preview, "Next");
  const page = await olivia.modal(/Page 2 of/);
  await olivia.submit(page, {});
  const on = await olivia.modal(/is on, at version 3/);
  await olivia.pressInView(on, "Run now");
  await olivia.message(
    room,
    /✓ \*Done, with exceptions\*  \*contacts-to-hub\* · 500 read · 498 written/,
  );
});

test("what is changed from its preview is a new version, and the flow stays off", async () => {
  await olivia.type(room, "/sync new tasks-again");
  const begin = await olivia.modal(/Choose where records come from/);
  await olivia.choose(begin, "From", "Customers in books");
  const ends = await olivia.modal(/"To"/);
  await olivia.submit(ends, { From: "Customers in books", To: "Customers in hub", Name: "back-to-hub" }); // prettier-ignore
  const rules = await olivia.modal(/A record is found by its/);
  await olivia.submit(rules, { "It runs": "Every hour" });
  const fields = await olivia.modal(/shown to you alone/);
  await olivia.submit(fields, {});
  const preview = await olivia.modal(/Turn on/);
  await olivia.pressInView(preview, "Change it");
  const again = await olivia.modal(/A record is found by its/);
  await olivia.submit(again, { "Only in these hours": "22-6", "It runs": "Every hour" });
  await olivia.modal(/version 2/);
  expect((await asks("/sync status back-to-hub", /Off/)).text).toContain(
    "turned on from its preview",
  );
  await asks("/sync run back-to-hub", /never turned on/);
});

test("its versions are told, one click goes back, and the file says the same", async () => {
  const versions = await asks(`/sync versions ${name}`, /is at version 3/);
  expect(versions.text).toMatch(/Left out nothing → website/);
  await olivia.hears(room, /is at version 4/, () => olivia.press(versions, "Use version 1"));
  const exported = await asks(`/sync export ${name}`, /contacts-to-hub:/);
  expect(exported.text).toContain("from: crm/contacts");
  expect(exported.text).not.toContain("leave_out");
});

test("a flow is removed once it was said what that undoes", async () => {
  const asked = await asks(`/sync delete ${name}`, /Remove \*contacts-to-hub\*\?/);
  expect(asked.text).toMatch(/It forgets which [\d,]+ records it has linked/);
  await olivia.hears(room, /is removed/, () => olivia.press(asked, "Remove"));
  await asks(`/sync status ${name}`, /There is no flow/);
});
