import { expect, test } from "vitest";
import { type Caller, quickbooks, select } from "./call.ts";

type Response = { Customer?: { DisplayName: string }[]; maxResults?: number; totalCount?: number };

async function found(books: Caller, statement: string): Promise<Response> {
  const { status, body } = await books.get(select(statement));
  expect(status).toBe(200);
  return (body as { QueryResponse: Response }).QueryResponse;
}

const names = ({ Customer = [] }: Response) => Customer.map(({ DisplayName }) => DisplayName);

test.each([
  ["where DisplayName = 'King\\'s Groceries'", ["King's Groceries"]],
  ["where DisplayName LIKE '%den%'", ["Olympia Dental Group"]],
  ["where PrimaryEmailAddr = 'rosa@meadowlane.example'", ["Meadow Lane Bakery"]],
  ["where Id in ('1', '4') orderby DisplayName desc", ["Pike Place Flowers", "Alder & Finch Architects"]], // prettier-ignore
  ["where Id > '5' and Balance <= '0'", ["Cascade Cycle Works", "Olympia Dental Group"]],
  ["where GivenName = 'Daniel' AND Active = true", ["Daniel Okafor"]],
  ["orderby MetaData.CreateTime startposition 6 maxresults 1", ["Cascade Cycle Works"]],
  ["where MetaData.LastUpdatedTime >= '2025-03-20T00:00:00-08:00'", ["Cascade Cycle Works", "Olympia Dental Group"]], // prettier-ignore
])("select * from Customer %s", async (rest, expected) => {
  await using books = await quickbooks();
  expect(names(await found(books, `select * from Customer ${rest}`))).toEqual(expected);
});

test("a changed name and e-mail are found, the former ones are not", async () => {
  await using books = await quickbooks({ seed: 1 });
  const set = { DisplayName: "Alder", PrimaryEmailAddr: { Address: "New@Alder.example" } };
  await books.control("/_edit", { id: "1", set });
  const by = (condition: string) => found(books, `select * from Customer where ${condition}`);
  expect(names(await by("DisplayName = 'ALDER'"))).toEqual(["Alder"]);
  expect(names(await by("PrimaryEmailAddr in ('new@alder.example', 'x@y.example')"))).toEqual([
    "Alder",
  ]);
  expect(await by("PrimaryEmailAddr = 'office@alderfinch.example'")).toEqual({});
  expect(await by("DisplayName = 'Alder & Finch Architects'")).toEqual({});
});

test("inactive customers come only to those who ask for them", async () => {
  await using books = await quickbooks({ seed: 2 });
  await books.control("/_edit", { id: "1", set: { Active: false } });
  expect(names(await found(books, "select * from Customer"))).toEqual(["Meadow Lane Bakery"]);
  const both = "select count(*) from Customer where Active in (true, false)";
  expect(await found(books, both)).toEqual({ totalCount: 2 });
});

test("a page of nothing has no array, a company has itself", async () => {
  await using books = await quickbooks();
  expect(await found(books, "select * from Customer where Id = '77'")).toEqual({});
  expect(await found(books, "select * from Payment")).toEqual({});
  expect(await found(books, "select * from CompanyInfo")).toMatchObject({ maxResults: 1 });
});

test.each([
  ["select Id from Customer", "4000"],
  ["select * from Customer where Id = '1' or Id = '2'", "4000"],
  ["select * from Customer where DisplayName = 'King's'", "4000"],
  ["select * from Customer limit 5", "4000"],
  ["select * from Customer maxresults 1001", "4001"],
  ["select * from Customer startposition 0", "4001"],
  ["select * from Customer where Nickname = 'x'", "4001"],
  ["select * from Unicorn", "4001"],
  ["select * from Invoice where Active in (true, false)", "4001"],
])("%s is refused with %s", async (statement, code) => {
  await using books = await quickbooks();
  const { status, body } = await books.get(select(statement));
  expect([status, (body as { Fault: { Error: { code: string }[] } }).Fault.Error[0]?.code]).toEqual(
    [400, code],
  );
});

type Page = { Invoice?: Record<string, unknown>[]; Item?: { Name: string }[] };
const page = async (books: Caller, statement: string) => (await found(books, statement)) as Page;

test("invoices are asked for by customer, number, day and what is open", async () => {
  await using books = await quickbooks();
  const all = (await page(books, "select * from Invoice maxresults 1000")).Invoice ?? [];
  expect(all).toHaveLength(35);
  const counted = async (where: string) =>
    (await found(books, `select count(*) from Invoice where ${where}`)).totalCount;
  expect(await counted("CustomerRef = '1'")).toBe(5);
  expect(await counted("Balance > '0' and CustomerRef IN ('6', '7')")).toBe(0);
  expect(await counted("DocNumber = '1005'")).toBe(2);
  const late = await page(
    books,
    "select * from Invoice where TxnDate >= '2026-08-01' orderby TxnDate",
  );
  const days = (late.Invoice ?? []).map(({ TxnDate }) => TxnDate as string);
  expect(days.length).toBeGreaterThan(0);
  expect(days).toEqual(days.filter((day) => day >= "2026-08-01").sort());
});

test("an item that is no longer sold comes only to those who ask for it", async () => {
  await using books = await quickbooks();
  const named = async (rest: string) =>
    ((await page(books, `select * from Item ${rest}`)).Item ?? []).map(({ Name }) => Name);
  expect(await named("")).toEqual(["Services", "Hours", "Design", "Delivery", "Paint, 5 l"]);
  expect(await named("where Active = false")).toEqual(["Paper catalogue"]);
  expect(await named("where Name LIKE 'D%' and Type = 'Service'")).toEqual(["Design", "Delivery"]);
});

test("changes since a time are told with those made inactive, up to 30 days back", async () => {
  await using books = await quickbooks();
  const since = new Date(Date.now() - 2000).toISOString();
  await books.control("/_edit", { id: "3", set: { Active: false } });
  const { body } = await books.get(`/cdc?entities=Customer,Invoice&changedSince=${since}`);
  expect(body).toMatchObject({
    CDCResponse: [
      { QueryResponse: [{ Customer: [{ Id: "3", Active: false }], maxResults: 1 }, {}] },
    ],
  });
  const long = new Date(Date.now() - 31 * 86_400_000).toISOString();
  expect((await books.get(`/cdc?entities=Customer&changedSince=${long}`)).status).toBe(400);
});

test("no more than a thousand changes are told, with no word of the rest", async () => {
  await using books = await quickbooks({ seed: 0 });
  await books.control("/_seed", { customers: 1001 });
  const since = new Date(Date.now() - 60_000).toISOString();
  const { body } = await books.get(`/cdc?entities=Customer&changedSince=${since}`);
  const [response] = (body as { CDCResponse: { QueryResponse: Response[] }[] }).CDCResponse;
  expect(response?.QueryResponse[0]?.maxResults).toBe(1000);
});

test("the thousand changes are shared by all entities, deleted ones among them", async () => {
  await using books = await quickbooks({ seed: 1 });
  await books.control("/_edit", { object: "invoices", id: "1", set: { operation: "delete" } });
  await books.control("/_seed", { customers: 999 });
  await books.control("/_seed", { invoices: 5 });
  const since = new Date(Date.now() - 60_000).toISOString();
  const told = async (entities: string) => {
    const { body } = await books.get(`/cdc?entities=${entities}&changedSince=${since}`);
    type Told = { CDCResponse: { QueryResponse: (Response & Page)[] }[] };
    return (body as Told).CDCResponse[0]?.QueryResponse ?? [];
  };
  const [customers, invoices, items] = await told("Customer,Invoice,Item");
  expect([customers?.maxResults, invoices?.maxResults, items]).toEqual([999, 1, {}]);
  const [all] = await told("Invoice");
  expect(all?.Invoice).toHaveLength(6);
  expect(all?.Invoice?.find(({ Id }) => Id === "1")).toEqual({
    Id: "1",
    domain: "QBO",
    status: "Deleted",
    MetaData: { LastUpdatedTime: expect.any(String) as string },
  });
});
