import { expect, test } from "vitest";
import { client, firstError, freshbooks, type FreshBooks, invoice, resultOf } from "./freshbooks-call.ts"; // prettier-ignore

const work = {
  type: 0,
  name: "Work",
  description: "",
  qty: 2,
  unit_cost: { amount: "50.00", code: "USD" },
  taxName1: null,
  taxAmount1: null,
};

async function withClient(): Promise<{ books: FreshBooks; customerid: number }> {
  const books = await freshbooks({ seed: 0 });
  const made = await books.post("users/clients", {
    client: { fname: "Gavin", organization: "Hooli", email: "gavin@hooli.example", p_city: "Toronto", p_country: "Canada" }, // prettier-ignore
  });
  return { books, customerid: Number(client(made)["id"]) };
}

const bill = (books: FreshBooks, customerid: number, more: object = {}) =>
  books.post("invoices/invoices?include[]=lines", {
    invoice: { customerid, create_date: "2026-11-01", due_offset_days: 30, lines: [work], ...more },
  });

test("an invoice begins as a draft, with what its client and its lines say", async () => {
  const { books, customerid } = await withClient();
  await using _ = books;
  const made = invoice(await bill(books, customerid, { invoice_number: "SS007", notes: "Thanks" }));
  expect(made).toMatchObject({
    invoice_number: "SS007",
    customerid,
    invoiceid: made["id"],
    create_date: "2026-11-01",
    due_date: "2026-12-01",
    organization: "Hooli",
    city: "Toronto",
    country: "Canada",
    amount: { amount: "100.00", code: "USD" },
    outstanding: { amount: "100.00", code: "USD" },
    paid: { amount: "0.00", code: "USD" },
    payment_status: "unpaid",
    v3_status: "draft",
    status: 1,
  });
  expect(made["lines"]).toMatchObject([{ lineid: 1, name: "Work", qty: "2", amount: { amount: "100.00" } }]); // prettier-ignore
});

test("lines are told to who asks for them, and to nobody else", async () => {
  const { books, customerid } = await withClient();
  await using _ = books;
  const { id } = invoice(await bill(books, customerid));
  const listed = async (query: string) =>
    resultOf<{ invoices: object[] }>(await books.get(`invoices/invoices${query}`)).invoices[0];
  expect(await listed("?include[]=lines")).toHaveProperty("lines");
  expect(await listed("")).not.toHaveProperty("lines");
  expect(invoice(await books.get(`invoices/invoices/${String(id)}`))).not.toHaveProperty("lines");
});

test("due_date follows from the offset, whatever is sent as due_date", async () => {
  const { books, customerid } = await withClient();
  await using _ = books;
  const made = invoice(await bill(books, customerid, { due_date: "2027-05-05" }));
  expect(made["due_date"]).toBe("2026-12-01");
  const at = `invoices/invoices/${String(made["id"])}`;
  expect(invoice(await books.put(at, { invoice: { due_offset_days: 0 } }))["due_date"]).toBe("2026-11-01"); // prettier-ignore
});

test("an update leaves the lines alone, or replaces all of them", async () => {
  const { books, customerid } = await withClient();
  await using _ = books;
  const two = [work, { ...work, name: "More", qty: "0.5" }];
  const { id } = invoice(await bill(books, customerid, { lines: two }));
  const at = `invoices/invoices/${String(id)}?include[]=lines`;
  const noted = invoice(await books.put(at, { invoice: { notes: "Hello" } }));
  expect([noted["lines"], noted["amount"]]).toMatchObject([[{ name: "Work" }, { name: "More" }], { amount: "125.00" }]); // prettier-ignore
  const replaced = invoice(
    await books.put(at, { invoice: { lines: [{ ...work, name: "Only" }] } }),
  );
  expect(replaced["lines"]).toMatchObject([{ lineid: 1, name: "Only" }]);
  expect(replaced["amount"]).toEqual({ amount: "100.00", code: "USD" });
});

test("sums are exact: long quantities, taxes and a discount", async () => {
  const { books, customerid } = await withClient();
  await using _ = books;
  const lines = [
    { name: "Travel", qty: "312.4", unit_cost: { amount: "0.58", code: "USD" } },
    { name: "Penny", qty: "3", unit_cost: { amount: "0.335", code: "USD" }, taxName1: "VAT", taxAmount1: "20" }, // prettier-ignore
  ];
  const made = invoice(await bill(books, customerid, { lines, discount_value: "10" }));
  expect(made["lines"]).toMatchObject([
    { amount: { amount: "181.19" } },
    { amount: { amount: "1.01" }, unit_cost: { amount: "0.335" } },
  ]);
  expect(made).toMatchObject({
    amount: { amount: "164.18" },
    discount_total: { amount: "-18.22" },
  });
});

test("it is sent, partly paid and paid, and says so in three fields", async () => {
  const { books, customerid } = await withClient();
  await using _ = books;
  const today = Temporal.Now.plainDateISO("America/New_York").toString();
  const { id } = invoice(await bill(books, customerid, { create_date: today }));
  const at = `invoices/invoices/${String(id)}`;
  const states = [invoice(await books.put(at, { invoice: { action_mark_as_sent: true } }))];
  for (const paid of ["40.00", "100.00"]) {
    await books.control("/_edit", { object: "invoices", id, set: { paid } });
    states.push(invoice(await books.get(at)));
  }
  expect(states.map(({ status, v3_status: v3, payment_status: payment }) => [status, v3, payment])).toEqual([[2, "sent", "unpaid"], [8, "partial", "partial"], [4, "paid", "paid"]]); // prettier-ignore
  expect(states[2]?.["outstanding"]).toEqual({ amount: "0.00", code: "USD" });
});

test("one sent long ago and not paid is overdue", async () => {
  const { books, customerid } = await withClient();
  await using _ = books;
  const late = { create_date: "2025-01-01", action_email: true, email_recipients: ["a@example.com"] }; // prettier-ignore
  expect(invoice(await bill(books, customerid, late))).toMatchObject({ v3_status: "overdue", status: 2 }); // prettier-ignore
});

test.each([
  [{ create_date: undefined }, [422, 1001, "create_date"]],
  [{ create_date: "01/11/2026" }, [422, 1033, "create_date"]],
  [{ create_date: "2026-02-30" }, [422, 1033, "create_date"]],
  [{ customerid: 99 }, [422, 1012, "customerid"]],
  [{ due_offset_days: -1 }, [422, 1015, "due_offset_days"]],
  [{ discount_value: 10 }, [422, 1018, "discount_value"]],
  [{ status: 4 }, [422, 1004, "status"]],
  [{ customer: "Hooli" }, [422, 1006, "customer"]],
  [{ lines: {} }, [422, 1004, "lines"]],
  [{ lines: [{ ...work, unit_cost: { amount: 50, code: "USD" } }] }, [422, 1004, "unit_cost"]],
  [{ lines: [{ ...work, unit_cost: { amount: "50", code: "EUR" } }] }, [422, 1004, "unit_cost"]],
  [{ lines: [{ ...work, qty: "two" }] }, [422, 1015, "qty"]],
  [{ lines: [{ ...work, price: "50" }] }, [422, 1006, "price"]],
  [{ lines: [{ ...work, type: 5 }] }, [422, 1004, "type"]],
])("%j is refused as %j", async (more, refused) => {
  const { books, customerid } = await withClient();
  await using _ = books;
  expect(firstError(await bill(books, customerid, more))).toEqual(refused);
  expect(books.stats().objects["invoices"]).toBe(0);
});

test("a number is given once; without one the next free one is taken", async () => {
  const { books, customerid } = await withClient();
  await using _ = books;
  expect(invoice(await bill(books, customerid))["invoice_number"]).toBe("0000001");
  expect(invoice(await bill(books, customerid))["invoice_number"]).toBe("0000002");
  const again = await bill(books, customerid, { invoice_number: "0000001" });
  expect(firstError(again)).toEqual([422, 1004, "invoice_number"]);
});

test("there is no idempotency: the same request twice is two invoices", async () => {
  const { books, customerid } = await withClient();
  await using _ = books;
  await bill(books, customerid);
  await bill(books, customerid);
  expect(books.stats().objects["invoices"]).toBe(2);
});

test("errors come in the older words, in the newer, or in a 200", async () => {
  const { books, customerid } = await withClient();
  await using _ = books;
  const wrong = () => bill(books, customerid, { create_date: "soon" });
  await books.control("/_config", { errors: "ok" });
  const fine = await wrong();
  expect([fine.status, firstError(fine)[1]]).toEqual([200, 1033]);
  await books.control("/_config", { errors: "rpc" });
  expect((await books.get("invoices/invoices/123432")).body).toEqual({
    code: 5,
    message: "Request failed with status_code: 404",
    details: [
      {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        reason: "1012",
        domain: "accounting.api.freshbooks.com",
        metadata: { object: "invoice", message: "Invoice not found.", value: "123432", field: "invoiceid" }, // prettier-ignore
      },
    ],
  });
  const unknown = await books.control("/_config", { errors: "loud" });
  expect(unknown).toMatchObject({ status: 400, body: { error: "It is one of classic, ok, rpc." } });
});

test("they are found by client, number, status and day", async () => {
  await using books = await freshbooks({ flaws: false });
  const all = resultOf<{ invoices: Record<string, string>[] }>(await books.get("invoices/invoices?per_page=100")).invoices; // prettier-ignore
  const total = async (query: string) =>
    resultOf<{ total: number }>(await books.get(`invoices/invoices?${query}`)).total;
  expect(await total("search[v3_status]=paid")).toBe(all.filter(({ v3_status: v3 }) => v3 === "paid").length); // prettier-ignore
  expect(await total("search[invoice_number]=0000012")).toBe(1);
  expect(await total(`search[customerid]=${String(all[0]?.["customerid"])}`)).toBeGreaterThan(0);
  expect(await total("search[date_min]=2026-01-01")).toBe(all.filter(({ create_date: on = "" }) => on >= "2026-01-01").length); // prettier-ignore
  const newest = resultOf<{ invoices: { id: number }[] }>(await books.get("invoices/invoices?sort=create_date_desc&per_page=1")); // prettier-ignore
  expect(newest.invoices[0]?.id).toBe(Math.max(...all.map(({ id }) => Number(id))));
});
