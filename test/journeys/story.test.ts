import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emptyFolder, startTieline, tieline, type Process } from "../support/bot.ts";
import { startPostgres } from "../support/postgres-server.ts";
import { personAt, type Shown } from "../support/person.ts";
import { post, statsAt } from "../support/sandbox.ts";

const postgres = await startPostgres();
if (postgres === undefined) console.warn("skipped on Postgres: there is none on this machine");
const databases = [
  { name: "the embedded database", whole: true, env: {} },
  ...(postgres === undefined
    ? []
    : [{ name: "Postgres", whole: false, env: { DATABASE_URL: postgres.url } }]),
];
afterAll(() => postgres?.[Symbol.asyncDispose]());

const [flow, room] = ["customers-to-books", "integrations"];
const ravi = "U024BE8RM";

/** On Postgres the main road alone: the by-ways lead past the same database. */
describe.each(databases)("the story, on $name", ({ env: database, whole }) => {
  const byway = test.runIf(whole);

  let folder: Awaited<ReturnType<typeof emptyFolder>>;
  let env: Record<string, string>;
  let bot: Process;
  let page: string;
  let olivia: ReturnType<typeof personAt>;

  const start = async (): Promise<void> => {
    bot = startTieline(["start"], env);
    page = (await bot.printed(/Open (http\S+)/))[1] ?? "";
    await bot.printed(/Ctrl-C/);
    olivia = personAt(page);
  };
  const control = (levers: Record<string, unknown>) => post(new URL("/_control", page), levers);
  const tool = async (name: string): Promise<string> =>
    (await olivia.state()).tools.find((one) => one.name === name)?.url ?? "";
  const configure = async (name: string, config: unknown) =>
    post(new URL("/_config", await tool(name)), config);
  const edit = async (id: string, set: Record<string, string>) =>
    post(new URL("/_edit", await tool("HubSpot")), { id, set });
  const books = async () => statsAt(await tool("QuickBooks"));
  /** How often this stands in the list of customers that a person sees in QuickBooks. */
  const customersWith = async (email: string): Promise<number> => {
    const list = await (await fetch(new URL(`?q=${email}`, await tool("QuickBooks")))).text();
    return list.split(`>${email}<`).length - 1;
  };
  const cards = async (): Promise<Shown[]> => {
    const now = await olivia.state();
    const id = now.channels.find((one) => one.name === room)?.id ?? "";
    return (now.messages[id] ?? []).filter(
      ({ text, thread_ts, ephemeral }) =>
        thread_ts === undefined && ephemeral !== true && text.includes("Likely fix"),
    );
  };
  const card = (pattern: RegExp): Promise<Shown> => olivia.message(room, pattern);
  const asks = (line: string, answer: RegExp): Promise<Shown> =>
    olivia.hears(room, answer, () => olivia.type(room, line));

  beforeAll(async () => {
    folder = await emptyFolder();
    env = { TIELINE_DIR: join(folder.path, ".tieline"), ...database };
    await start();
  });
  afterAll(async () => {
    await bot?.[Symbol.asyncDispose]();
    await folder?.[Symbol.asyncDispose]();
  });

  test("an empty folder becomes a bot at work, in a dozen lines and a card a cause", async () => {
    const lines = bot.output().trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(12);
    expect(bot.output()).toMatch(/HubSpot +500 contacts/);
    expect(bot.output()).toMatch(/✓ Done .* 500 read · 493 written .* 7 need a hand/);

    await card(/· 3 records\nQuickBooks.*\b6240\b/);
    await expect.poll(async () => (await cards()).length, { timeout: 30_000 }).toBe(5);
    const shown = await cards();
    expect(shown.filter(({ text }) => text.includes("· 1 record\n"))).toHaveLength(4);
    for (const cause of [/\b6240\b/, /phone number/, /e-mail address/, /\b2040\b/, /\b2050\b/])
      expect(
        shown.filter(({ text }) => cause.test(text)),
        String(cause),
      ).toHaveLength(1);
    for (const { text } of shown) {
      expect(text).toContain("Owner: <@U024BE7LH>");
      expect(text).not.toMatch(/selma|call reception|halvorsen|Emma|Abara/i);
    }
    expect(await books()).toMatchObject({ creates: 492, duplicates: 0 });
  });

  byway("who comes first is admin and is told; others hear whom to ask", async () => {
    await olivia.home();
    await olivia.eventually("App Home", ({ home }) =>
      /You are admin here.*You are the first/.test(JSON.stringify(home)) ? true : undefined,
    );
    const roles = await asks("/tieline roles", /\*Roles\*/);
    expect(roles.text).toMatch(/\*admin\*[^\n]*\n<@U024BE7LH>/);

    const other = personAt(page, ravi);
    const refusal = await other.hears(room, /needs the operator role/, () =>
      other.type(room, `/sync run ${flow}`),
    );
    expect(refusal.text).toBe(
      "Starting a run needs the operator role; you are a viewer. Ask <@U024BE7LH> for it.",
    );
    await asks(`/tieline roles <@${ravi}> operator`, /is operator now/);
    await other.hears(room, /Retry, last|Last:/, () => other.type(room, `/sync status ${flow}`));
  });

  test("a record is repaired from its card", async () => {
    const phone = await card(/is not a phone number/);
    await olivia.press(phone, "Inspect");
    const form = await olivia.modal(/is not a phone number/);
    const inputs = form.blocks.filter(({ type }) => type === "input");
    expect(inputs.map(({ label }) => label?.text)).toEqual(["Phone"]);
    const shown = JSON.stringify(form);
    for (const part of ["Selma Aydemir", "selma@bosporus.example", "call reception"])
      expect(shown).toContain(part);

    await olivia.submit(form, { Phone: "ask at the desk" });
    const refused = await olivia.modal(/must be/);
    expect(Object.values(refused.errors ?? {})).toEqual([expect.stringMatching(/^Phone must be/)]);
    expect(await customersWith("selma@bosporus.example")).toBe(0);

    await olivia.submit(refused, { Phone: "+90 532 123 45 67" });
    const done = await olivia.modal(/Written/);
    expect(JSON.stringify(done)).toContain("QuickBooks has taken");
    const fixed = await olivia.becomes(phone, /^✓ \*Fixed\*/);
    expect(fixed.text).toMatch(/1 of 1 written/);
    await olivia.thread(phone, /Retrying 1 record/);
    expect(await customersWith("selma@bosporus.example")).toBe(1);
    await olivia.close(done);
  });

  byway("a cause of three says what is left, and two clicks are one retry", async () => {
    const names = await card(/\b6240\b/);
    await olivia.press(names, "Inspect");
    const form = await olivia.modal(/name supplied already exists/);
    const { Name: name } = olivia.filled(form);
    await olivia.submit(form, { Name: `${name} (second)` });
    await olivia.close(await olivia.modal(/Written/));
    const partly = await olivia.becomes(names, /^◐ \*Partly fixed\*/);
    expect(partly.text).toMatch(/2 of 3 records still open.*1 written/);

    const { creates } = await books();
    await configure("QuickBooks", { faults: [{ kind: "slow", ms: 1500, path: "/batch" }] });
    const clicks = () =>
      Promise.all([
        olivia.press(partly, "Retry all 2"),
        personAt(page, ravi).press(partly, "Retry all 2"),
      ]);
    const [mine, his] = await Promise.all([
      olivia.hears(room, /^(Retrying 2 records|Already being retried by)/, clicks),
      personAt(page, ravi).message(room, /^(Retrying 2 records|Already being retried by)/),
    ]);
    expect([mine.text.slice(0, 7), his.text.slice(0, 7)].sort()).toEqual(["Already", "Retryin"]);
    // Still refused: nobody has given them other names.
    await olivia.becomes(names, /^◐ \*Partly fixed\*.*2 of 3 records still open/s);
    const history = await olivia.thread(names, /Retrying 2 records/);
    expect(history.split("Retrying 2 records")).toHaveLength(2);
    expect((await books()).creates).toBe(creates);
  });

  byway(
    "what has changed in HubSpot since goes before what was wrong, and a stale button says so",
    async () => {
      const wrong = await card(/is not an e-mail address/);
      // Slack will not have the card edited for a while, so its buttons stay as they were.
      await control({ rate_limit: { method: "chat.update", times: 2, retry_after: 2 } });
      await edit("viktor@halvorsen..example", { email: "viktor@halvorsen.example" });
      expect((await tieline(["run", flow, "--full"], env)).code).toBe(2);
      await olivia.hears(room, /^Already settled by/, () => olivia.press(wrong, "Retry"));
      await olivia.becomes(wrong, /^(■ \*Closed\*|✓ \*Fixed\*)/);
      expect(await customersWith("viktor@halvorsen.example")).toBe(1);

      const long = await card(/\b2050\b/);
      await edit("mf.ortizabal@example.com", { firstname: "Maria Fernanda" });
      await olivia.hears(room, /^Retrying 1 record/, () => olivia.press(long, "Retry"));
      const closed = await olivia.becomes(long, /^(■ \*Closed\*|✓ \*Fixed\*)/);
      expect(closed.text).toMatch(/1 changed|written/);
      expect(await customersWith("mf.ortizabal@example.com")).toBe(1);
    },
  );

  byway("a record is left out with a reason", async () => {
    const colon = await card(/\b2040\b/);
    await olivia.press(colon, "Discard");
    const form = await olivia.modal(/will not be written to QuickBooks/);
    await olivia.submit(form, { Why: "sent to finance" });
    const closed = await olivia.becomes(colon, /^■ \*Closed\*/);
    expect(closed.text).toMatch(/1 discarded/);
    await olivia.thread(colon, /Discarded 1 record: sent to finance/);
  });

  test("a run shows its progress and ends in a summary; the next writes nothing", async () => {
    await edit("aoife@kinsella.example", { city: "Galway" });
    await configure("QuickBooks", { faults: [{ kind: "slow", ms: 1000, path: "/batch" }] });
    // HubSpot's search sees a change only after a while; a full read sees it at once.
    const progress = await asks(`/sync run ${flow} full`, /^(○ \*Queued|▶ \*Running)/);
    const done = await olivia.becomes(progress, /^✓ \*Done/);
    expect(done.text).toMatch(/ 1 written/);
    expect(await customersWith("aoife@kinsella.example")).toBe(1);

    const { creates, updates } = await books();
    const again = await tieline(["run", flow, "--full", "--json"], env);
    expect(JSON.parse(again.out)).toMatchObject({ read: 500, created: 0, updated: 0 });
    expect(await books()).toMatchObject({ creates, updates, duplicates: 0 });
  });

  byway(
    "what is mistyped, missing, paused or under way is answered, never a dead end",
    async () => {
      const nearest = await asks("/sync run customer-to-boks", /There is no flow/);
      await olivia.hears(room, /^✓ \*Done/, () => olivia.press(nearest, `/sync run ${flow}`));
      await asks(`/sync runn ${flow}`, /Did you mean `\/sync run customers-to-books`/);
      await olivia.type(room, "/sync run");
      await olivia.close(await olivia.modal(/Run a flow/));

      await asks(`/sync pause ${flow} the books are closed`, /is paused\./);
      await asks(`/sync run ${flow}`, /is paused since .*the books are closed\. Resume it first/);
      await asks(`/sync resume ${flow}`, /may run again/);
      await asks(`/sync cancel ${flow}`, /Nothing is running or waiting/);

      // Slow enough to be cancelled while its message still waits behind the edits of the cards.
      await configure("HubSpot", {
        faults: [{ kind: "slow", ms: 3000, path: "/contacts", times: "all" }],
      });
      const running = await asks(`/sync run ${flow} full`, /^(○ \*Queued|▶ \*Running)/);
      await asks(`/sync run ${flow}`, /already, since .*not started twice/);
      await olivia.press(running, "Cancel");
      const cancelled = await olivia.becomes(running, /^■ \*Cancelled\*/);
      expect(cancelled.text).toContain("By <@U024BE7LH>. What was written stays written.");
      await configure("HubSpot", { clear: true });

      const names = await card(/\b6240\b/);
      await olivia.say(room, `@Tieline status ${flow} please`, names.ts);
      await olivia.thread(names, /crm\/contacts to books\/customers/);
    },
  );

  test("a second start has everything still there", async () => {
    const kept = async () => ({
      customers: (await books()).records,
      letters: JSON.parse((await tieline(["dead-letters", "--json"], env)).out) as unknown,
      workspace: (await tieline(["export"], env)).out.replace(/127\.0\.0\.1:\d+/g, "HERE"),
      // What a card says of the last run may be brought up to date at any moment; its head may not change.
      cards: (await cards()).map(({ ts, text }) => [ts, text.split("\n")[0]]),
    });
    const before = await kept();
    const left = whole ? 2 : 6;
    expect(before.letters).toEqual({
      dead_letters: Array(left).fill(expect.objectContaining({ flow })),
    });
    expect(await bot.end()).toBe(0);
    expect(bot.child.signalCode).toBeNull();

    const began = Date.now();
    await start();
    const seconds = (Date.now() - began) / 1000;
    expect(bot.output()).toContain(`${left} need a hand`);
    expect(bot.output()).not.toContain("Done");
    expect(await kept()).toEqual(before);
    expect(seconds).toBeLessThan(15);
  });
});
