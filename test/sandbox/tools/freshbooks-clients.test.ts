import { expect, test } from "vitest";
import { client, firstError, freshbooks, resultOf } from "./freshbooks-call.ts";

type Listed = {
  clients: Record<string, unknown>[];
  page: number;
  pages: number;
  per_page: number;
  total: number;
};
const listOf = (reply: Parameters<typeof resultOf>[0]) => resultOf<Listed>(reply);

test("a created client has everything a client has, under one id with three names", async () => {
  await using books = await freshbooks({ seed: 0 });
  const made = await books.post("users/clients", {
    client: { fname: "Ada", lname: "Lovelace", email: "ada@example.com", p_country: "Canada" },
  });
  const ada = client(made);
  expect(made.status).toBe(200);
  expect(ada).toMatchObject({
    fname: "Ada",
    p_country: "Canada",
    organization: "",
    note: null,
    currency_code: "USD",
    vis_state: 0,
    userid: ada["id"],
    accounting_systemid: books.settings["account_id"],
  });
  expect(client(await books.get(`users/clients/${String(ada["id"])}`))).toEqual(ada);
});

test("updated is in New York and signup_date in UTC, neither says so", async () => {
  await using books = await freshbooks({ seed: 0 });
  const before = Date.now();
  const made = client(await books.post("users/clients", { client: { organization: "Clock" } }));
  const zoned = Temporal.PlainDateTime.from(String(made["updated"])).toZonedDateTime("America/New_York"); // prettier-ignore
  expect(String(made["updated"])).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  expect(Math.abs(zoned.epochMilliseconds - before)).toBeLessThan(3000);
  expect(Math.abs(Date.parse(`${String(made["signup_date"])}Z`) - before)).toBeLessThan(3000);
});

test("the hour that comes twice tells two times by one name", async () => {
  await using books = await freshbooks();
  const { clients } = listOf(await books.get("users/clients?per_page=100"));
  const twice = clients.filter(({ updated }) => updated === "2025-11-02 01:20:00");
  expect(twice.map(({ signup_date: at }) => at)).toEqual([
    "2025-11-02 05:20:00",
    "2025-11-02 06:20:00",
  ]);
});

test("an update is partial; it can be emptied but for the last of its names", async () => {
  await using books = await freshbooks({ seed: 0 });
  const made = client(
    await books.post("users/clients", { client: { fname: "Ann", email: "ann@example.com" } }),
  );
  const at = `users/clients/${String(made["id"])}`;
  expect(client(await books.put(at, { client: { bus_phone: "+1 202-555-0104" } }))).toMatchObject({
    fname: "Ann",
    bus_phone: "+1 202-555-0104",
  });
  expect(client(await books.put(at, { client: { email: null } }))["email"]).toBe("");
  expect(firstError(await books.put(at, { client: { fname: " " } }))).toEqual([422, 7012, null]);
});

test("pages: 15 unless asked, never more than 100, page 0 is page 1, beyond the last is nothing", async () => {
  await using books = await freshbooks({ seed: 130, flaws: false });
  const counts = async (query: string) => {
    const { clients, ...rest } = listOf(await books.get(`users/clients${query}`));
    return { ...rest, got: clients.length };
  };
  expect(await counts("")).toEqual({ page: 1, pages: 9, per_page: 15, total: 130, got: 15 });
  expect(await counts("?per_page=2000&page=0")).toEqual({ page: 1, pages: 2, per_page: 100, total: 130, got: 100 }); // prettier-ignore
  expect(await counts("?per_page=100&page=2")).toMatchObject({ page: 2, got: 30 });
  expect(await counts("?per_page=100&page=3")).toMatchObject({ page: 3, pages: 2, got: 0 });
  expect(firstError(await books.get("users/clients?page=-1"))).toEqual([422, 1014, "page"]);
  expect(firstError(await books.get("users/clients?per_page=0"))).toEqual([422, 1013, "per_page"]);
});

test("what changed is asked for by the day: from it on, and up to but without one", async () => {
  await using books = await freshbooks({ flaws: false });
  const { clients: all } = listOf(await books.get("users/clients?per_page=100"));
  const days = all.map(({ updated }) => String(updated).slice(0, 10)).sort();
  const day = days[30] ?? "";
  const count = async (query: string) => listOf(await books.get(`users/clients?${query}`)).total;
  expect(await count(`search[updated_min]=${day}`)).toBe(days.filter((one) => one >= day).length);
  expect(await count(`search[updated_max]=${day}`)).toBe(days.filter((one) => one < day).length);
  const timed = await books.get("users/clients?search[updated_min]=2026-11-01T10:00:00Z");
  expect(firstError(timed)).toEqual([422, 1033, "updated_min"]);
});

test("e-mails are found exactly and need not be one client's alone", async () => {
  await using books = await freshbooks();
  const emailed = async (email: string) =>
    listOf(await books.get(`users/clients?search[email]=${encodeURIComponent(email)}`)).total;
  expect(await emailed("shared.inbox@fjordtextiles.example")).toBe(2);
  expect(await emailed("SHARED.inbox@fjordtextiles.example")).toBe(0);
  expect(books.stats().duplicates).toBe(1);
  const odd = await books.get("users/clients?search[mail]=x");
  expect(firstError(odd)).toEqual([422, 1004, "mail"]);
});

test("a deleted client is hidden, still there, and cannot be written before it is taken back", async () => {
  await using books = await freshbooks({ seed: 5, flaws: false });
  const { clients } = listOf(await books.get("users/clients"));
  const at = `users/clients/${String(clients[2]?.["id"])}`;
  expect(client(await books.put(at, { client: { vis_state: 1 } }))["vis_state"]).toBe(1);
  expect(listOf(await books.get("users/clients")).total).toBe(4);
  expect(listOf(await books.get("users/clients?search[vis_state]=1")).total).toBe(1);
  const both = await books.get("users/clients?search[vis_state][]=0&search[vis_state][]=1");
  expect(listOf(both).total).toBe(5);
  expect((await books.get(at)).status).toBe(200);
  expect(firstError(await books.put(at, { client: { fname: "Late" } }))).toEqual([422, 1011, "vis_state"]); // prettier-ignore
  expect((await books.put(at, { client: { vis_state: 0, fname: "Back" } })).status).toBe(200);
  expect(books.stats()).toMatchObject({ archived: 1, active: 5 });
});

test.each([
  [{ email: "not an address" }, [422, 1004, "email"]],
  [{ fname: "x".repeat(256) }, [422, 1017, "fname"]],
  [{ fname: "A", p_country: "CA" }, [422, 1004, "p_country"]],
  [{ fname: "A", currency_code: "usd" }, [422, 1004, "currency_code"]],
  [{ fname: "A", pref_email: "yes" }, [422, 1031, "pref_email"]],
  [{ fname: 7 }, [422, 1004, "fname"]],
  [{ first_name: "Ada" }, [422, 1006, "first_name"]],
  [{ fname: "A", vis_state: 3 }, [422, 1004, "vis_state"]],
  [{}, [422, 7012, null]],
])("%j is refused as %j", async (given, refused) => {
  await using books = await freshbooks({ seed: 0 });
  expect(firstError(await books.post("users/clients", { client: given }))).toEqual(refused);
  expect(books.stats().records).toBe(0);
});

test("all that is wrong is said at once", async () => {
  await using books = await freshbooks({ seed: 0 });
  const { body } = await books.post("users/clients", {
    client: { email: "x", language: "english", fax: 1 },
  });
  const { errors } = (body as { response: { errors: { field: string }[] } }).response;
  expect(errors.map(({ field }) => field)).toEqual(["email", "language", "fax"]);
});

test("what is no JSON in the right envelope is not read", async () => {
  await using books = await freshbooks({ seed: 0 });
  const wrong = [await books.post("users/clients", "{"), await books.post("users/clients", { fname: "Ada" })]; // prettier-ignore
  expect(wrong.map((reply) => firstError(reply)[1])).toEqual([1005, 1005]);
  const missing = await books.get("users/clients/12345");
  expect(missing.status).toBe(404);
  expect(missing.body).toEqual({
    response: {
      errors: [
        { errno: 1012, field: "userid", message: "Client not found.", object: "client", value: "12345" }, // prettier-ignore
      ],
    },
  });
});
