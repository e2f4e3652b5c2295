import { RetryLater, SignInAgain } from "#domain/errors.ts";
import { connectionName } from "#domain/ids.ts";
import { expect, test } from "vitest";
import type { Heard } from "#domain/ports/tools.ts";
import type { Write } from "#domain/record.ts";
import { tryTool, type Tried } from "../acceptance/tool.ts";
import { never } from "../world.ts";
import { archiving, askTool, creating, ok, updating, whole, write } from "./tried.ts";

test("a webhook is sent CloudEvents that its receiver can verify, each under its own id", async () => {
  await using tried = await tryTool("webhook");
  const fields = { name: "Zoë Åström", email: "zoe@example.com", "address.city": "Oslo" };
  expect(ok(await write(tried, "customers", creating("42", fields), "evt-1"))).toBe("42");
  ok(await write(tried, "customers", updating("42", { ...fields, notes: null }), "evt-2"));
  ok(await write(tried, "customers", archiving("42"), "evt-3"));
  const deliveries = await askTool(tried, "/_deliveries");
  expect(deliveries.map(({ verdict, status, webhookId }) => [verdict, status, webhookId])).toEqual([
    ["taken", 204, "evt-1"],
    ["taken", 204, "evt-2"],
    ["taken", 204, "evt-3"],
  ]);
  expect(deliveries.map(({ event }) => event)).toEqual([
    {
      specversion: "1.0",
      id: "evt-1",
      source: "/tieline",
      type: "customer.created",
      subject: "42",
      datacontenttype: "application/json",
      data: {
        id: "42",
        name: "Zoë Åström",
        email: "zoe@example.com",
        address: { city: "Oslo" },
      },
    },
    expect.objectContaining({
      type: "customer.changed",
      data: expect.objectContaining({ notes: null, id: "42" }) as unknown,
    }),
    expect.objectContaining({ type: "customer.gone", subject: "42", data: { id: "42" } }),
  ]);
});

test("an event that is sent again is the same event", async () => {
  await using tried = await tryTool("webhook");
  const one = creating("1", whole(tried, "invoices", "invoice"));
  expect(ok(await write(tried, "invoices", one, "same"))).toBe("1");
  expect(ok(await write(tried, "invoices", one, "same"))).toBe("1");
  const deliveries = await askTool(tried, "/_deliveries");
  expect(deliveries.map(({ verdict }) => verdict)).toEqual(["taken", "duplicate"]);
  expect(deliveries[1]?.["because"]).toBe("It came before.");
});

test("with another secret nothing is taken, and the flow is told to sign in again", async () => {
  await using tried = await tryTool("webhook");
  await tried.control("/_config", { secret: `whsec_${btoa("another secret of 24 bytes")}` });
  await expect(write(tried, "tasks", creating("1", { title: "x" }))).rejects.toThrow(SignInAgain);
});

test.each<[string, Record<string, unknown>, unknown]>([
  ["asks us to wait long", { status: 429, retry_after: "900" }, RetryLater],
  ["is gone for good", { status: 410 }, SignInAgain],
  ["has nothing there", { status: 404 }, SignInAgain],
])("a receiver that %s stops the flow and not the record", async (_what, answers, error) => {
  await using tried = await tryTool("webhook");
  await tried.control("/_config", { answers });
  const sent = write(tried, "tasks", creating("1", { title: "x" }));
  await expect(sent).rejects.toThrow(error as typeof RetryLater);
});

test("a receiver that refuses one event refuses that record, in its words", async () => {
  await using tried = await tryTool("webhook");
  await tried.control("/_config", { answers: { status: 422, times: 1 } });
  const sent = await write(tried, "tasks", creating("1", { title: "x" }));
  expect(sent).toMatchObject({
    kind: "each",
    outcomes: [{ kind: "rejected", problem: { message: "It was told to answer so." } }],
  });
});

test("a catch hook is sent one level of members, none of them null, and says success", async () => {
  await using tried = await tryTool("zapier");
  const fields = { name: "Ada", "address.city": "Oslo", phone: null, notes: "n" };
  ok(await write(tried, "customers", creating("42", fields), "evt-1"));
  ok(await write(tried, "customers", updating("42", fields), "evt-2"));
  ok(await write(tried, "customers", archiving("42"), "evt-3"));
  const arrivals = await askTool(tried, "/_arrivals");
  expect(arrivals.map(({ body }) => body)).toEqual([
    { id: "evt-1", type: "customer.created", record_id: "42", name: "Ada", address_city: "Oslo", notes: "n" }, // prettier-ignore
    { id: "evt-2", type: "customer.changed", record_id: "42", name: "Ada", address_city: "Oslo", phone: "", notes: "n" }, // prettier-ignore
    { id: "evt-3", type: "customer.gone", record_id: "42" },
  ]);
});

test("Zaps that asked for an event are told it too, and one that is gone no more", async () => {
  await using tried = await tryTool("zapier");
  const { subscriptions } = tried.world;
  const name = connectionName("zapier");
  const at = Temporal.Now.instant();
  const here = (hook: string) => `${tried.tool.base_url}/hooks/standard/1834092/${hook}/`;
  await subscriptions.add(name, { event: "customer.changed", url: here("gone1") }, at);
  const catching = `${tried.tool.base_url}/hooks/catch/1834092/other/`;
  await subscriptions.add(name, { event: "customer.changed", url: catching }, at);
  await subscriptions.add(name, { event: "customer.gone", url: catching }, at);

  ok(await write(tried, "customers", updating("42", { name: "Ada" }), "evt-1"));
  const paths = (await askTool(tried, "/_arrivals")).map(({ path }) => path);
  expect(paths).toEqual(["/hooks/catch/1834092/2k7qm4x/", "/hooks/catch/1834092/other/"]);
  expect(subscriptions.rows.map(({ event }) => event)).toEqual([
    "customer.changed",
    "customer.gone",
  ]);
});

test("who was told is not told again when the event has to be repeated for another", async () => {
  await using tried = await tryTool("zapier");
  const url = `${tried.tool.base_url}/hooks/catch/1834092/slow/`;
  const at = Temporal.Now.instant();
  await tried.world.subscriptions.add(connectionName("zapier"), { event: "task.created", url }, at);
  const one = creating("7", { title: "x" });
  ok(await write(tried, "tasks", one, "evt-0"));
  // The first post of the next event goes through, the second is asked to wait.
  await tried.control("/_config", { faults: [{ kind: "too_many_requests", retry_after: 900, path: "slow", times: 1 }] }); // prettier-ignore
  await expect(write(tried, "tasks", one, "evt-1")).rejects.toThrow(RetryLater);
  await tried.world.clock.sleep(900_000, never);
  ok(await write(tried, "tasks", one, "evt-1"));
  const told = (await askTool(tried, "/_arrivals"))
    .filter(({ body }) => (body as { id: string }).id === "evt-1")
    .map(({ path }) => path);
  expect(told).toEqual(["/hooks/catch/1834092/2k7qm4x/", "/hooks/catch/1834092/slow/"]);
});

test("without a hook of its own only those are told who asked", async () => {
  await using tried = await tryTool("zapier");
  tried.world.vault.secret = {};
  const connection = { ...tried.connection, credential: {} };
  const target = tried.world.tools.target(connection, "tasks");
  const send = (id: string) => target.send({ id, writes: [creating("7", { title: "x" })] }, never);
  ok(await send("evt-1"));
  expect(await askTool(tried, "/_arrivals")).toEqual([]);
  const url = `${tried.tool.base_url}/hooks/catch/1834092/other/`;
  await tried.world.subscriptions.add(connection.name, { event: "task.created", url }, Temporal.Now.instant()); // prettier-ignore
  ok(await send("evt-2"));
  expect((await askTool(tried, "/_arrivals")).map(({ path }) => path)).toEqual([
    "/hooks/catch/1834092/other/",
  ]);
});

test("a custom webhook of Make says Accepted, and a full one is waited for", async () => {
  await using tried = await tryTool("make");
  ok(await write(tried, "orders", creating("9", { number: "SO-1", total: "12.5" }), "evt-1"));
  await tried.control("/_edit", { object: "hooks", id: "301", set: { queueLimit: 0 } });
  await tried.control("/_edit", { object: "scenarios", id: "925101", set: { isActive: false } });
  await expect(write(tried, "orders", creating("9", { number: "SO-1" }))).rejects.toThrow(
    RetryLater,
  );
  await tried.world.clock.sleep(60_000, never);
  await tried.control("/_edit", { object: "hooks", id: "301", set: { gone: true } });
  await expect(write(tried, "orders", creating("9", { number: "SO-1" }))).rejects.toThrow(
    SignInAgain,
  );
});

const heardOf = (tried: Tried, id: string, one: Write) => {
  const tries: [number | null, string | null, string][] = [];
  const heard: Heard = ({ status, answer }, to) => void tries.push([status, to, answer]);
  const sent = tried.target("tasks").send({ id, writes: [one] }, never, heard);
  return sent.then(
    () => tries,
    () => tries,
  );
};

test("each try is heard of, with the address and what was answered, and no secret", async () => {
  await using tried = await tryTool("webhook");
  const one = creating("7", { title: "x" });
  await tried.control("/_config", { answers: { status: 422, times: 1 } });
  expect(await heardOf(tried, "evt-1", one)).toEqual([[422, null, expect.stringContaining("told to")]]); // prettier-ignore
  await tried.control("/_config", { answers: { status: 503, retry_after: "1", times: 2 } });
  const tries = await heardOf(tried, "evt-2", one);
  expect(tries.map(([status]) => status)).toEqual([503, 503, 204]);
  await tried.tool[Symbol.asyncDispose]();
  expect(await heardOf(tried, "evt-3", one)).toEqual([[null, null, expect.stringContaining("127.0.0.1")]]); // prettier-ignore
});

test("whoever asked is heard of by the subscription; without a hook of its own nothing is of that", async () => {
  await using tried = await tryTool("zapier");
  const url = `${tried.tool.base_url}/hooks/catch/1834092/other/`;
  await tried.world.subscriptions.add(tried.connection.name, { event: "task.created", url }, Temporal.Now.instant()); // prettier-ignore
  const one = creating("7", { title: "x" });
  const tries = await heardOf(tried, "evt-1", one);
  expect(tries.map(([status, to]) => [status, to])).toEqual([[200, null], [200, "sub_1"]]); // prettier-ignore
  expect(JSON.stringify(tries)).not.toContain("/hooks/");
  tried.world.vault.secret = {};
  expect((await heardOf(tried, "evt-2", one)).map(([, to]) => to)).toEqual(["sub_1"]);
});

test("what cannot be read back says so", async () => {
  await using tried = await tryTool("make");
  const target = tried.target("customers");
  expect(target).toMatchObject({
    keyed: true,
    endpoint: true,
    repeat: "request_id",
    searchable: [],
    batch: 1,
  });
  expect(await target.read(["1"], never)).toEqual([]);
});

test.each(["webhook", "zapier", "make"] as const)("%s says whose address it is", async (name) => {
  await using tried = await tryTool(name);
  const { world, connection, tool } = tried;
  const health = await world.tools.check(connection, AbortSignal.timeout(5000));
  const account = name === "make" ? "Morgan Ellery" : new URL(tool.base_url).host;
  expect(health).toMatchObject({ ok: true, account });
  world.vault.secret = { ...world.vault.secret, url: "https://evil.example/", token: "wrong" };
  const wrong = await world.tools.check(connection, AbortSignal.timeout(5000));
  expect(wrong.ok).toBe(name === "webhook");
});

test.each(["webhook", "zapier", "make"] as const)(
  "a sample of %s has the shape of an event",
  async (name) => {
    // prettier-ignore
    await using tried = await tryTool(name);
    const [sample] = tried.world.tools.sample(tried.connection, "customer.changed");
    if (name !== "zapier") return expect(sample).toBeUndefined();
    expect(sample).toMatchObject({ id: "evt_sample", type: "customer.changed", email: "ada@example.com" }); // prettier-ignore
    ok(await write(tried, "customers", updating("1001", whole(tried, "customers", "customer"))));
    const [arrival] = await askTool(tried, "/_arrivals");
    expect(Object.keys(arrival?.["body"] as object).sort()).toEqual(Object.keys(sample as object).filter((key) => key !== "company").sort()); // prettier-ignore
  },
);
