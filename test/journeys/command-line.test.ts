import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyFolder, startTieline, tieline, type Process } from "../support/bot.ts";
import { outsideWorld, post, statsOf, type OutsideWorld } from "../support/sandbox.ts";

const flow = "customers-to-books";
const manifests = fileURLToPath(new URL("../../manifests/connectors/", import.meta.url));
let folder: Awaited<ReturnType<typeof emptyFolder>>;
let world: OutsideWorld;
let bot: Process;
let env: Record<string, string>;
let workspace: string;

beforeAll(async () => {
  folder = await emptyFolder();
  world = await outsideWorld(folder.path);
  env = { ...world.env, TIELINE_DIR: join(folder.path, "bot") };
  workspace = await readFile(world.env["TIELINE_WORKSPACE"] ?? "", "utf8");
  bot = startTieline(["start"], env);
  await bot.printed(/has not run yet/);
});
afterAll(async () => {
  await bot?.[Symbol.asyncDispose]();
  await world?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

/** A verb with --json: its exit code and its one object. */
async function asked(...args: string[]): Promise<{ code: number | null; said: Said }> {
  const { code, out } = await tieline([...args, "--json"], env);
  expect(out.trimEnd().split("\n"), args.join(" ")).toHaveLength(1);
  return { code, said: JSON.parse(out) as Said };
}
type Said = Record<string, unknown>;
const keys = (object: unknown): string[] => Object.keys(object as object);
const first = (list: unknown): Said => (list as Said[])[0] ?? {};

test("each verb answers the contract's keys and exit codes, through the running Tieline", async () => {
  const check = await asked("check");
  expect(check.code).toBe(0);
  expect(check.said["connections"]).toMatchObject([
    { name: "books", connector: "quickbooks", ok: true, problem: null },
    { name: "crm", connector: "hubspot", ok: true, problem: null },
  ]);
  expect(keys(first(check.said["connections"]))).toEqual(
    "name connector ok account problem".split(" "),
  );

  const preview = await asked("preview", flow);
  expect(preview.code).toBe(2);
  expect(keys(preview.said)).toEqual(
    "flow create update unchanged filtered delete conflict invalid changes".split(" "),
  );
  expect(keys(first(preview.said["changes"]))).toEqual(["key", "action", "fields"]);
  expect((await statsOf(world.tools.quickbooks)).creates).toBe(0);

  const run = await asked("run", flow);
  expect(run.code).toBe(2);
  expect(keys(run.said)).toEqual(
    "run status read created updated unchanged filtered deleted dead_lettered held seconds".split(
      " ",
    ),
  );
  const { read, created, updated, dead_lettered, ...rest } = run.said;
  expect({ read, created, updated, dead_lettered }).toEqual({
    read: 500,
    created: 492,
    updated: 1,
    dead_lettered: 7,
  });
  expect(rest).toMatchObject({ status: "done", unchanged: 0, filtered: 0, deleted: 0, held: 0 });
  expect((await asked("run", flow)).code).toBe(0);

  const letters = await asked("dead-letters", flow);
  expect(letters.code).toBe(0);
  expect(letters.said["dead_letters"]).toHaveLength(7);
  expect(keys(first(letters.said["dead_letters"]))).toEqual(
    "id flow key cause field message attempts state first_seen last_seen".split(" "),
  );
  expect(await asked("retry", flow)).toEqual({
    code: 2,
    said: { retried: 7, written: 0, dead_lettered: 7, superseded: 0 },
  });
  const { id = "", key = "" } = first(letters.said["dead_letters"]) as Record<string, string>;
  await post(new URL("/_edit", world.tools.hubspot.base_url), {
    id: key,
    set: { firstname: "Unheard", lastname: "Of", phone: "", email: `of${key}@example.com` },
  });
  expect(await asked("retry", id)).toEqual({
    code: 0,
    said: { retried: 1, written: 0, dead_lettered: 0, superseded: 1 },
  });
  // What QuickBooks refuses is only known by trying; the two without an address or number before.
  const { create, invalid, ...others } = (await asked("preview", flow)).said;
  expect(Number(create) + Number(invalid)).toBe(6);
  expect(others).toMatchObject({ update: 0, delete: 0, conflict: 0, unchanged: 494 });
});

test("what is exported and applied again changes nothing", async () => {
  const exported = await tieline(["export"], env);
  expect(exported.code).toBe(0);
  expect(exported.out).toContain("env:CRM_TOKEN");
  expect(exported.out).not.toContain(world.tools.hubspot.credential["token"]);
  const file = join(folder.path, "exported.yaml");
  await writeFile(file, exported.out);
  const nothing = { created: [], updated: [] };
  expect(await asked("apply", file)).toEqual({
    code: 0,
    said: {
      connections: { ...nothing, unchanged: ["books", "crm"] },
      flows: { ...nothing, unchanged: [flow] },
    },
  });
  await writeFile(
    file,
    exported.out.replace("is a customer in the books", "is known in the books"),
  );
  expect((await asked("apply", file)).said).toMatchObject({ flows: { updated: [flow] } });
  expect((await tieline(["export"], env)).out).toContain("is known in the books");
  await writeFile(file, exported.out);
  expect((await asked("apply", file)).said).toMatchObject({ flows: { updated: [flow] } });
});

const broken: [what: string, from: string, to: string, place: string, said: RegExp][] = [
  ["an unknown key", "    match: [email]", "    mach: [email]", "mach", /did you mean match\?/],
  ["no YAML", "    match: [email]", "    match: [email", "", /./],
  ["no such connection", "from: crm/contacts", "from: crn/contacts", "crn", /did you mean crm\?/],
  [
    "no such object",
    "to: books/customers",
    "to: books/custommers",
    "books/cu",
    /did you mean customers\?/,
  ],
  [
    "the same end twice",
    "to: books/customers",
    "to: crm/contacts",
    "crm/contacts\n    match",
    /two different ends/,
  ],
  [
    "a wrong cron",
    "trigger: manual",
    'trigger: { cron: "*/15 * * *", zone: Europe/Paris }',
    '"*/15',
    /five/,
  ],
  [
    "a wrong zone",
    "trigger: manual",
    'trigger: { cron: "*/15 * * * *", zone: Europe/Pari }',
    "Europe/Pari ",
    /Europe\/Paris/,
  ],
  ["a wrong trigger", "trigger: manual", "trigger: sometimes", "sometimes", /manual/],
  ["an unknown field", "    match: [email]", "    match: [emial]", "emial", /did you mean email\?/],
  [
    "no such connector",
    "connector: hubspot",
    "connector: hubspat",
    "hubspat",
    /did you mean hubspot\?/,
  ],
  [
    "a secret in the file",
    "token: env:CRM_TOKEN",
    "token: pat-na1-12345678",
    "pat-na1",
    /env:NAME or file:NAME/,
  ],
  ["a setting that is missing", '"realm_id"', '"realm"', '"realm"', /realm_id/],
  ["a wrong owner", "owner: U024BE7LH", "owner: olivia", "olivia", /U024BE7LH|user id/],
];
test("a broken workspace file is told by file, line and column, and nothing of it is applied", async () => {
  const before = (await tieline(["export"], env)).out;
  for (const [what, from, to, place, sentence] of broken) {
    const text = `${workspace.replace(from, to)}  another:\n    from: crm/contacts\n    to: books/customers\n`;
    expect(text, what).toContain(to);
    const file = join(folder.path, "broken.yaml");
    await writeFile(file, text);
    const { code, err, out } = await tieline(["apply", file], env);
    expect({ code, out }, what).toEqual({ code: 1, out: "" });
    const lines = text.slice(0, text.indexOf(place === "" ? to : place)).split("\n");
    const where = place === "" ? "\\d+:\\d+" : `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
    expect(err, what).toMatch(new RegExp(`^${file}:${where}: .+`, "m"));
    expect(err, what).toMatch(sentence);
    for (const said of err.trimEnd().split("\n"))
      expect(said, what).toMatch(new RegExp(`^${file}:\\d+:\\d+: `));
    expect(err, what).not.toContain("pat-na1-12345678");
  }
  expect((await tieline(["export"], env)).out).toBe(before);
});

test("what is not there is said with the nearest", async () => {
  for (const verb of ["run", "preview", "dead-letters", "retry"]) {
    const { code, err, out } = await tieline([verb, "customer-to-books"], env);
    expect(err, verb).toContain("did you mean customers-to-books?");
    expect([code, out], verb).toEqual([64, ""]);
  }
  const none = await tieline(["apply", join(folder.path, "none.yaml")], env);
  expect(none.code).toBe(64);
  expect(none.err).toContain("there is no such file");
  expect((await tieline(["check", "crn"], env)).err).toContain("did you mean crm?");
});

test("a second start in the same folder is refused and does no harm", async () => {
  const second = await tieline(["start"], env);
  expect(second.code).toBe(1);
  expect(second.err.trimEnd().split("\n")).toHaveLength(1);
  expect(second.err).toMatch(/another|already|running/i);
  expect((await asked("check")).code).toBe(0);
});

test.each([
  [{ PORT: "99999" }, /^PORT must be a whole number from 0 to 65535/],
  [{ DATABASE_URL: "mysql://here/db" }, /^DATABASE_URL must be a Postgres address/],
  [{ TIELINE_ADMINS: "olivia" }, /^TIELINE_ADMINS must be Slack user ids/],
  [{ TIELINE_KEY: "short" }, /^TIELINE_KEY must be 32 bytes in base64/],
  [{ SLACK_BOT_TOKEN: "pat-1" }, /^SLACK_BOT_TOKEN must be a bot token/],
  [{ SLACK_APP_TOKEN: "xapp-1" }, /^SLACK_BOT_TOKEN must be set too/],
  [{ SLACK_BOT_TOKEN: "xoxb-1" }, /SLACK_APP_TOKEN .* or SLACK_SIGNING_SECRET/],
  [{ PUBLIC_URL: "ftp://x" }, /^PUBLIC_URL must be the address/],
  [{ LOG_LEVEL: "loud" }, /^LOG_LEVEL must be one of debug, info, warn, error, silent/],
])("%j ends the start with 64 and one sentence", async (wrong, sentence) => {
  const dir = { TIELINE_DIR: join(folder.path, "wrong") };
  const { code, err, out } = await tieline(["start"], { ...dir, ...wrong } as typeof env);
  expect({ code, out }).toEqual({ code: 64, out: "" });
  expect(err).toMatch(sentence);
  expect(err.trimEnd().split("\n")).toHaveLength(1);
});

test("a database that cannot be reached is named, without its password", async () => {
  const { code, err } = await tieline(["start"], {
    TIELINE_DIR: join(folder.path, "wrong"),
    DATABASE_URL: "postgres://tieline:hushhush@127.0.0.1:9/tieline",
  });
  expect(code).toBe(1);
  expect(err).toMatch(
    /^The database of DATABASE_URL, at 127\.0\.0\.1:9, cannot be opened: .*ECONNREFUSED/,
  );
  expect(err).not.toContain("hushhush");
});

test("a start with a workspace file that is wrong says where, and changes nothing", async () => {
  const file = join(folder.path, "wrong.yaml");
  await writeFile(file, workspace.replace("match:", "mach:"));
  const dir = { TIELINE_DIR: join(folder.path, "wrong") };
  const { code, err } = await tieline(["start"], { ...world.env, ...dir, TIELINE_WORKSPACE: file });
  expect(code).toBe(1);
  expect(err).toMatch(new RegExp(`^${file}:\\d+:\\d+: unknown name “mach”; did you mean match\\?`));
});

test("the sandbox starts with only what is asked for", async () => {
  const dir = { TIELINE_DIR: join(folder.path, "some") };
  await using some = startTieline(["sandbox", "--only", "hubspot"], dir);
  const [line] = await some.printed(/^\{.*\}$/m);
  const described = JSON.parse(line) as { tools: Record<string, Said> };
  expect(described).toMatchObject({ slack: null, page: null });
  expect(keys(described.tools)).toEqual(["hubspot"]);
  expect(keys(described.tools["hubspot"])).toEqual(["base_url", "credential", "settings"]);

  const strange = await tieline(["sandbox", "--only", "hubspat"], dir);
  expect(strange).toMatchObject({ code: 64, out: "" });
  expect(strange.err).toMatch(/hubspat.*hubspot/);
});

test("manifests are linted, and a wrong one keeps the start from half of it", async () => {
  const good = ["hubspot", "quickbooks"].map((name) => join(manifests, `${name}.yaml`));
  expect(await tieline(["lint", ...good], {})).toMatchObject({ code: 0, err: "" });
  const text = await readFile(good[0] ?? "", "utf8");
  await using own = await emptyFolder();
  const wrong = join(own.path, "wrong.yaml");
  await writeFile(wrong, text.replace("    entity: customer", "    entity: custommer"));
  const line = text.slice(0, text.indexOf("entity: customer")).split("\n").length;
  const lint = await tieline(["lint", wrong], {});
  expect(lint.code).toBe(1);
  expect(lint.out).toMatch(new RegExp(`^${wrong}:${line}:\\d+: .*customer`, "m"));
  const { problems } = JSON.parse((await tieline(["lint", wrong, "--json"], {})).out) as Said;
  expect(problems).toContainEqual(expect.objectContaining({ file: wrong, line }));

  const start = await tieline(["start"], {
    TIELINE_DIR: join(own.path, "bot"),
    TIELINE_MANIFESTS: own.path,
  });
  expect(start.code).toBe(1);
  expect(start.err).toContain(`${wrong}:${line}:`);
});
