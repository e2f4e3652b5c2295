import OAuthClient from "intuit-oauth";
import sdk, { type Invoice } from "node-quickbooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startQuickbooks } from "../../src/sandbox/tools/quickbooks/quickbooks.ts";
import type { SimulatedTool } from "../../src/sandbox/tools/simulated-tool.ts";

// The package is CommonJS, and its types say otherwise.
const QuickBooks = sdk as unknown as typeof sdk.default;
type Client = InstanceType<typeof QuickBooks>;

/** Sessions of the most used client and of Intuit's own sign-in, with the simulated company. */
let books: SimulatedTool;

const configure = (on: Record<string, unknown>) =>
  fetch(`${books.base_url}/_config`, { method: "POST", body: JSON.stringify(on) });

const REVOKE = "/v2/oauth2/tokens/revoke";

beforeAll(async () => {
  books = await startQuickbooks({ folder: null, seed: 12, limits: false });
  QuickBooks.V3_ENDPOINT_BASE_URL = `${books.base_url}/v3/company/`;
  QuickBooks.TOKEN_URL = books.oauth?.token ?? "";
  QuickBooks.REVOKE_URL = books.base_url + REVOKE;
});
afterAll(() => books[Symbol.asyncDispose]());

const client = (token = books.credential["token"] ?? "", refresh: string | null = null): Client =>
  new QuickBooks(
    books.oauth?.client_id ?? "",
    books.oauth?.client_secret ?? "",
    token,
    false,
    books.settings["realm_id"] ?? "",
    true,
    false,
    null,
    "2.0",
    refresh,
  );

type Callback = (error: unknown, answer?: unknown) => void;

/** What a call gives, or the error that it tells. */
const told = <Answer>(call: (callback: Callback) => void): Promise<Answer> =>
  new Promise((resolve, reject) => {
    call((error, answer) => (error ? reject(error as Error) : resolve(answer as Answer)));
  });

type Refused = { response: { status: number; data: unknown } };
const refused = (call: (callback: Callback) => void): Promise<Refused> =>
  told(call).then(
    () => expect.unreachable("It was not refused."),
    (error: unknown) => error as Refused,
  );
const fault = (code: string) => ({
  response: { status: 400, data: { Fault: { Error: [{ code }] } } },
});

type Found = { QueryResponse: Record<string, Record<string, unknown>[]> & { totalCount?: number } };

test("lists, counts and pages", async () => {
  const qbo = client();
  const counted = await told<Found>((back) => qbo.findCustomers({ count: true }, back));
  expect(counted.QueryResponse.totalCount).toBe(12);
  const page = await told<Found>((back) => qbo.findCustomers({ limit: 5, offset: 11 }, back));
  expect(page.QueryResponse["Customer"]).toHaveLength(2);
  const all = await told<Found>((back) => qbo.findCustomers({ limit: 5, fetchAll: true }, back));
  expect(all.QueryResponse["Customer"]).toHaveLength(12);
  const nobody = await told<Found>((back) => qbo.findCustomers({ DisplayName: "Nobody" }, back));
  expect(nobody.QueryResponse).toEqual({});
  const king = await told<Found>((back) =>
    qbo.findCustomers({ DisplayName: "King's Groceries" }, back),
  );
  expect(king.QueryResponse["Customer"]).toMatchObject([{ Id: "5" }]);
});

test("creates, reads and updates a customer, and is told what is wrong", async () => {
  const qbo = client();
  const ann = { DisplayName: "Ann & Söhne", PrimaryEmailAddr: { Address: "ann@example.com" } };
  const { Id = "" } = await told<{ Id: string }>((back) => qbo.createCustomer(ann, back));
  expect(await told((back) => qbo.getCustomer(Id, back))).toMatchObject(ann);
  const changed = { Id, SyncToken: "0", Notes: "Pays on Fridays." };
  expect(await told((back) => qbo.updateCustomer(changed, back))).toMatchObject({ ...ann, SyncToken: "1" }); // prettier-ignore
  expect(await refused((back) => qbo.updateCustomer(changed, back))).toMatchObject(fault("5010"));
  expect(await refused((back) => qbo.createCustomer(ann, back))).toMatchObject(fault("6240"));
  expect(await refused((back) => qbo.getCustomer("999", back))).toMatchObject(fault("610"));
});

const sold: Invoice = {
  CustomerRef: { value: "1" },
  Line: [
    {
      Amount: 100,
      DetailType: "SalesItemLineDetail",
      SalesItemLineDetail: { ItemRef: { value: "2" }, Qty: 2, UnitPrice: 50 },
    },
  ],
};

test("writes, voids and deletes an invoice", async () => {
  const qbo = client();
  const invoice = await told<Invoice>((back) =>
    qbo.createInvoice({ ...sold, DocNumber: "S-1" }, back),
  );
  expect(invoice).toMatchObject({ TotalAmt: 100, Balance: 100, DocNumber: "S-1" });
  const again = { ...sold, DocNumber: "S-1" };
  expect(await refused((back) => qbo.createInvoice(again, back))).toMatchObject(fault("6140"));
  const allowed = { ...again, allowDuplicateDocNum: true };
  const second = await told<Invoice>((back) => qbo.createInvoice(allowed, back));
  const noted = await told<Invoice>((back) => qbo.updateInvoice({ ...invoice, PrivateNote: "Seen" }, back)); // prettier-ignore
  expect(noted).toMatchObject({ PrivateNote: "Seen", TotalAmt: 100, SyncToken: "1" });
  const voided = await told<{ Invoice: Invoice }>((back) =>
    qbo.voidInvoice(invoice.Id ?? "", back),
  );
  expect(voided.Invoice).toMatchObject({ TotalAmt: 0, Balance: 0 });
  const gone = await told<{ Invoice: Invoice }>((back) => qbo.deleteInvoice(second.Id ?? "", back));
  expect(gone.Invoice).toMatchObject({ status: "Deleted" });
  const found = await told<Found>((back) => qbo.findInvoices([{ field: "DocNumber", value: "S-1" }, { field: "desc", value: "TxnDate" }] as never, back)); // prettier-ignore
  expect(found.QueryResponse["Invoice"]).toMatchObject([{ Id: invoice.Id }]);
  const items = await told<Found>((back) => qbo.findItems({ Type: "Service" }, back));
  expect(items.QueryResponse["Item"]).toHaveLength(4);
});

test("sends a batch, whose items fail each for itself, and asks what changed", async () => {
  const qbo = client();
  const since = new Date(Date.now() - 10_000);
  const batch = await told((back) =>
    qbo.batch(
      [
        { bId: "1", operation: "create", Customer: { DisplayName: "Bea" } },
        { bId: "2", operation: "create", Customer: { DisplayName: "bea" } },
        { bId: "3", operation: "create", Invoice: sold },
        { bId: "4", Query: "select count(*) from Customer" },
      ] as never,
      back,
    ),
  );
  expect(batch).toMatchObject({
    BatchItemResponse: [
      { bId: "1", Customer: { DisplayName: "Bea" } },
      { bId: "2", Fault: { Error: [{ code: "6240" }] } },
      { bId: "3", Invoice: { TotalAmt: 100 } },
      { bId: "4", QueryResponse: { totalCount: expect.any(Number) as number } },
    ],
  });
  const changes = await told<{ CDCResponse: [{ QueryResponse: object[] }] }>((back) =>
    qbo.changeDataCapture(["Customer", "Invoice"], since, back),
  );
  expect(JSON.stringify(changes.CDCResponse[0].QueryResponse)).toContain('"DisplayName":"Bea"');
});

test("is slowed down in XML, and stopped when the month is used up", async () => {
  const qbo = client();
  await configure({ limits: true });
  const replies = await Promise.allSettled(
    Array.from({ length: 12 }, () => told((back) => qbo.getCompanyInfo("1", back))),
  );
  await configure({ limits: false });
  const [first] = replies.flatMap((one) =>
    one.status === "rejected" ? [one.reason as Refused] : [],
  );
  expect(first?.response.status).toBe(429);
  expect(first?.response.data).toContain("ThrottleExceeded");
  await configure({ quota: "spent" });
  const month = await refused((back) => qbo.getCustomer("1", back));
  await configure({ quota: "fine" });
  expect(month.response).toMatchObject({ status: 429, data: expect.stringContaining("CorePlus") });
});

test("renews a token that ended, once each", async () => {
  await configure({ access_token_ms: 0 });
  const first = books.oauth?.refresh_token ?? "";
  const qbo = client("an access token that ended", first);
  await told((back) => qbo.refreshAccessToken(back));
  const ended = await refused((back) => qbo.getCustomer("1", back));
  expect(ended.response).toMatchObject({
    status: 401,
    data: { fault: { type: "AUTHENTICATION" } },
  });
  await configure({ access_token_ms: 3_600_000 });
  await told((back) => qbo.refreshAccessToken(back));
  expect(await told((back) => qbo.getCustomer("1", back))).toMatchObject({ Id: "1" });
  const late = client("whatever", first);
  const refusal = await refused((back) => late.refreshAccessToken(back));
  expect(refusal.response).toMatchObject({ status: 400, data: { error: "invalid_grant" } });
});

test("Intuit's own client signs in, renews, works and disconnects", async () => {
  const intuit = new OAuthClient({
    clientId: books.oauth?.client_id ?? "",
    clientSecret: books.oauth?.client_secret ?? "",
    environment: "sandbox",
    redirectUri: "http://127.0.0.1:3000/oauth/callback",
    includeRefreshTokenHardExpiresIn: true,
  });
  intuit.setAuthorizeURLs({
    authorizeEndpoint: books.oauth?.authorize ?? "",
    tokenEndpoint: books.oauth?.token ?? "",
    revokeEndpoint: books.base_url + REVOKE,
    userInfoEndpoint: `${books.base_url}/none`,
  });
  const address = intuit.authorizeUri({ scope: [OAuthClient.scopes.Accounting], state: "s1" });
  const page = await (await fetch(address)).text();
  const back = /id="allow" href="([^"]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&") ?? "";
  await intuit.createToken(back);
  const granted = intuit.getToken();
  expect(granted).toMatchObject({
    realmId: books.settings["realm_id"],
    state: "s1",
    expires_in: 3600,
  });
  expect(granted.x_refresh_token_hard_expires_in).toBeGreaterThan(8_640_000);
  await intuit.refresh();

  const company = `${books.base_url}/v3/company/${books.settings["realm_id"] ?? ""}`;
  const url = (path: string) => `${company}/${path}?minorversion=75`;
  const read = await intuit.makeApiCall({ url: url("customer/1") });
  expect(read).toMatchObject({ status: 200, json: { Customer: { Id: "1" } } });
  const wrong = intuit.makeApiCall({ url: url("customer"), method: "POST", body: {} as never });
  await expect(wrong).rejects.toMatchObject({ code: "2020", faultType: "ValidationFault" });
  await expect(intuit.createToken(back)).rejects.toMatchObject({ error: "invalid_grant" });

  const token = { access_token: intuit.getToken().access_token };
  await intuit.revoke(token);
  intuit.setToken(token);
  await expect(intuit.makeApiCall({ url: url("customer/1") })).rejects.toMatchObject({
    code: "401",
  });
});
