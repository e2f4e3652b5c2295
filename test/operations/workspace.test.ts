import { expect, test } from "vitest";
import { admin, makeRoom, terminal } from "./support/room.ts";

const file = "workspace.yaml";
const good = `connections:
  shop:
    connector: quickbooks
    base_url: http://127.0.0.1:4102
    settings: { realm: "99" }
    credential: { token: env:SHOP_TOKEN }
  crm:
    connector: hubspot
    credential: { token: env:CRM_TOKEN }
flows:
  customers-to-shop:
    from: crm/contacts
    to: shop/customers
    match: [email]
    where: { subscription: subscribed }
    map: { phone: mobile }
    set: { currency: eur }
    two_way: false
    truth: source
    deletes: archive
    trigger: { cron: "*/15 * * * *", zone: Europe/Paris }
    guard: { changes: 25%, deletes: 5 }
    channel: "#integrations"
    owner: U024BE7LH
    about: Every CRM contact is a customer in the shop's books.
`;

test("a file is applied: connections, flows and their schedules", async () => {
  const { perform, world, queue } = await makeRoom();
  const plan = await perform("workspace.apply", { text: good, file }, terminal);
  expect(plan).toMatchObject({
    connections: { created: ["shop"], updated: [], unchanged: ["crm"] },
    flows: { created: ["customers-to-shop"], updated: [], unchanged: [] },
  });
  const flow = (await world.registry.flows()).find(({ name }) => name === "customers-to-shop");
  expect(flow).toMatchObject({
    from: { connection: "crm", object: "contacts" },
    where: { subscription: "subscribed" },
    set: { currency: "EUR" },
    twoWay: null,
    deletes: "archive",
    guard: { changes: 0.25, deletes: 5 },
    trigger: { kind: "cron", cron: "*/15 * * * *", zone: "Europe/Paris" },
    state: { kind: "on" },
  });
  expect(queue.entries.map(({ job }) => job)).toContainEqual({
    kind: "schedule",
    flow: "customers-to-shop",
  });
});

test("a plan changes nothing, and applying twice changes nothing the second time", async () => {
  const { perform, world } = await makeRoom();
  await perform("workspace.plan", { text: good, file }, terminal);
  expect(await world.registry.connections()).toHaveLength(2);
  await perform("workspace.apply", { text: good, file }, terminal);
  expect(await perform("workspace.apply", { text: good, file }, terminal)).toMatchObject({
    connections: { created: [], updated: [], unchanged: ["shop", "crm"] },
    flows: { created: [], updated: [], unchanged: ["customers-to-shop"] },
  });
});

test("what is exported applies to unchanged everywhere, also with a credential kept by us", async () => {
  const { perform, world, safe } = await makeRoom();
  await perform("workspace.apply", { text: good, file }, terminal);
  const shop = (await world.registry.connections()).find(({ name }) => name === "shop");
  if (shop) {
    const kept = { ...shop, credential: { token: { kind: "kept" as const } } };
    await world.registry.save({ connections: [kept], flows: [] });
    await safe.keep(shop.name, { secret: { token: "a secret value" }, expires: null });
  }
  const { text } = await perform("workspace.export", {}, admin);
  expect(text).not.toContain("a secret value");
  expect(text).toContain("changes: 25%");
  expect(await perform("workspace.apply", { text, file }, terminal)).toMatchObject({
    connections: { created: [], updated: [], unchanged: ["books", "crm", "shop"] },
    flows: { created: [], updated: [], unchanged: ["customers-to-books", "customers-to-shop"] },
  });
});

test("a flow may leave out what has a default", async () => {
  const { perform } = await makeRoom();
  const text = "flows:\n  told:\n    from: books/messages\n    to: crm/contacts\n";
  const { plans } = await perform("workspace.plan", { text, file }, admin);
  expect(plans[0]).toMatchObject({
    match: ["email"],
    trigger: { kind: "manual" },
    twoWay: null,
    deletes: "ignore",
    guard: { changes: 0.25, deletes: 5 },
  });
});

test("a flow may start on events, and to a target that keeps our keys it matches by nothing", async () => {
  const { perform, world } = await makeRoom();
  const text = `flows:
  told:
    from: books/messages
    to: crm/contacts
    trigger: event
  telling:
    from: crm/contacts
    to: books/messages
`;
  const { plans } = await perform("workspace.apply", { text, file }, terminal);
  expect(plans.map(({ match, trigger }) => [match, trigger.kind])).toEqual([
    [["email"], "event"],
    [[], "manual"],
  ]);
  const { text: exported } = await perform("workspace.export", {}, admin);
  expect(exported).toContain("trigger: event");
  expect(exported).toContain("match: []");
  const again = await perform("workspace.apply", { text: exported, file }, terminal);
  expect(again.flows.updated).toEqual([]);
  expect(world.tools.facts("quickbooks")?.objects.map(({ name }) => name)).toContain("messages");
});

test("every error is said at once, where it is, and nothing is applied", async () => {
  const { perform, refusal, world } = await makeRoom();
  const text = `connections:
  Shop:
    conector: hubspot
  bad:
    connector: hubspto
  books2:
    connector: quickbooks
    credential: { tken: env:X, token: pat-na1-0123456789abcdef }
flows:
  one:
    from: crm/contact
    to: book/customers
    trigger: { cron: "61 * * * *", zone: Europe/Pariss }
  two:
    from: crm/contacts
    to: books2/customers
    two_way: true
    truth: target
  three:
    from: books/customers
    to: crm/contacts
    match: [phone]
    where: { mail: x, currency: euros }
    map: { phone: website }
    set: { name: X }
    deletes: delete
  four:
    from: crm/contacts
    to: books/customers
extra: 1
`;
  const said = await refusal(perform("workspace.apply", { text, file }, terminal));
  expect(said.replace(/^Mistake: /, "").split("\n")).toEqual([
    `${file}:2:3: a name is 2 to 50 small letters, digits and hyphens, beginning with a letter`,
    `${file}:3:5: unknown name “conector”; did you mean connector?`,
    `${file}:5:16: there is no connector “hubspto”; did you mean hubspot?`,
    `${file}:6:3: QuickBooks needs the setting realm: The company's id`,
    `${file}:8:19: there is no “tken” in a credential for this tool; did you mean token?`,
    `${file}:8:39: token must say where the value is, as env:NAME or file:NAME, never the value itself; if that was a real secret, please replace it by a new one at the tool`,
    `${file}:11:11: there is no object of HubSpot “contact”; did you mean contacts?`,
    `${file}:12:9: there is no connection “book”; did you mean books?`,
    `${file}:13:22: 61 is not between 0 and 59; for instance "*/15 * * * *", every 15 minutes, or "0 7 * * 1-5", working days at 07:00`,
    `${file}:13:42: there is no such time zone; did you mean Europe/Paris?`,
    `${file}:19:3: records would go round: books/customers → crm/contacts → books/customers; one two-way flow does both, or the hub between them`,
    `${file}:22:13: HubSpot contacts cannot be searched by phone, only by email`,
    `${file}:23:14: a customer has no field “mail”; did you mean email?`,
    `${file}:23:33: currency must be a three-letter currency code, such as EUR`,
    `${file}:24:19: QuickBooks customers has no website; it has name, email, phone, mobile, currency and address.country`,
    `${file}:25:12: HubSpot contacts cannot hold name; it holds email, first_name, last_name, phone, mobile, address.country and subscription`,
    `${file}:26:14: no tool lets us delete for good; use archive, or ignore to leave records where they are`,
    `${file}:27:3: customers-to-books already brings crm/contacts to books/customers`,
    `${file}:27:3: records would go round: crm/contacts → books/customers → crm/contacts; one two-way flow does both, or the hub between them`,
    `${file}:30:1: unknown name “extra”; allowed are connections, hub, flows`,
  ]);
  expect(await world.registry.connections()).toHaveLength(2);
  expect(await world.registry.flows()).toHaveLength(1);
});

const inFlow = (more: string, from = "crm/contacts", to = "crm/contacts") =>
  `flows:\n  one:\n    from: ${from}\n    to: ${to}\n${more}`;
const deep = `a: ${"[".repeat(40)}${"]".repeat(40)}`;

test.each([
  ["a tab", "flows:\n\tone: 1", `${file}:2:1: indent with spaces; a tab does not count`],
  ["a name twice", "flows: {}\nflows: {}", `${file}:2:1: this name stands here twice`],
  [
    "an alias",
    "connections: &a {}\nflows: *a",
    `${file}:1:17: anchors (&name) are not allowed here`,
  ],
  ["a tag", 'flows: !!js/function "x"', `${file}:1:8: tags (!…) are not allowed here`],
  [
    "a second document",
    "flows: {}\n---\nflows: {}",
    `${file}:2:1: a workspace file is one document; take out everything from the second --- on`,
  ],
  [
    "a directive",
    "%YAML 1.1\n---\nflows: {}",
    `${file}:1:1: directives (%YAML, %TAG) are not allowed here`,
  ],
  ["a NUL", "flows: {}\0", `${file}:1:1: this is not text: it has a NUL or half a character in it`],
  [
    "too much",
    `# ${"x".repeat(70_000)}`,
    `${file}:1:1: a workspace file has at most 64 KB; split it and apply the parts one after the other`,
  ],
  ["too deep", deep, `nested too deeply`],
  ["very deep", `a: ${"[".repeat(20_000)}`, `nested too deeply`],
  [
    "a name all objects have",
    "flows:\n  __proto__: {}",
    `${file}:2:3: only a text can be a name here`,
  ],
  ["a list for a name", "? [flows]\n: {}", `${file}:1:3: only a text can be a name here`],
  [
    "a NUL in disguise",
    'flows: "\\0"',
    `${file}:1:8: this holds a NUL or half a character, which no tool takes`,
  ],
  [
    "half a character",
    'flows: "\\ud800"',
    `${file}:1:8: this holds a NUL or half a character, which no tool takes`,
  ],
  ["a list", "- a\n- b", `${file}:1:1: a workspace file has connections, hub and flows`],
  ["a list of flows", "flows: [a]", `${file}:1:8: flows must be names with what they are`],
  ["the same end twice", inFlow(""), `${file}:4:9: a flow needs two different ends`],
  [
    "an end that cannot be written",
    inFlow("", "books/customers", "crm/forms"),
    `${file}:4:9: HubSpot forms can only be read`,
  ],
  [
    "an end that cannot be read",
    inFlow("", "books/mailbox"),
    `${file}:3:11: QuickBooks mailbox can only be written`,
  ],
  [
    "an end without object",
    inFlow("", "crm"),
    `${file}:3:11: an end is a connection and one of its objects, such as crm/contacts`,
  ],
  [
    "nothing to match by",
    inFlow("", "crm/forms", "books/mailbox"),
    `${file}:2:3: match must name the fields by which a record is looked for; QuickBooks mailbox can be searched by nothing`,
  ],
  [
    "matching where nothing can be looked for",
    inFlow("    match: [email]\n", "crm/contacts", "books/messages"),
    `${file}:5:12: QuickBooks messages knows records by their id at the source and cannot be searched; leave match out`,
  ],
  [
    "waiting for a source that tells nothing",
    inFlow("    trigger: event\n", "crm/contacts", "books/customers").replace("one", "customers-to-books"), // prettier-ignore
    `${file}:5:14: HubSpot contacts does not tell us when something changes; a schedule is accepted, such as { cron: "*/15 * * * *" }`,
  ],
  [
    "archiving where nothing can be archived",
    inFlow("    deletes: archive\n", "crm/forms", "books/mailbox"),
    `${file}:5:14: QuickBooks mailbox cannot be archived; use ignore to leave records where they are`,
  ],
  [
    "a cron of three parts",
    inFlow('    trigger: { cron: "* * *" }\n', "crm/forms", "books/customers"),
    `${file}:5:22: a schedule has five parts (minute, hour, day of the month, month, day of the week), this has 3;`,
  ],
  [
    "an unknown trigger",
    inFlow("    trigger: hourly\n", "crm/forms", "books/customers"),
    `${file}:5:14: trigger must be manual, event, { cron: "*/15 * * * *", zone: Europe/Paris } or { event: deal.won`,
  ],
  [
    "a wrong key in a trigger",
    inFlow('    trigger: { cron: "0 7 * * *", zon: UTC }\n', "crm/forms", "books/customers"),
    `${file}:5:35: unknown name “zon”; did you mean zone?`,
  ],
  [
    "a guard without percent",
    inFlow("    guard: { changes: many }\n", "crm/forms", "books/customers"),
    `${file}:5:23: changes must be a share such as 25%`,
  ],
  [
    "a number where a text belongs",
    inFlow("    where: { name: 7 }\n", "books/customers", "crm/contacts"),
    `${file}:5:20: a text (quote a number), true, false or null is expected here`,
  ],
  [
    "an owner by name",
    inFlow("    owner: Ada\n", "crm/forms", "books/customers"),
    `${file}:5:12: owner must be a Slack user id, such as U024BE7LH`,
  ],
])("%s is refused", async (_what, text, said) => {
  const { perform, refusal } = await makeRoom();
  expect(await refusal(perform("workspace.plan", { text, file }, admin))).toContain(said);
});
