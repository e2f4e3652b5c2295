import { isValidPhoneNumber } from "libphonenumber-js";
import { expect, test } from "vitest";
import { z } from "zod";
import { flaws, sharedEmail } from "#sandbox/tools/flaws.ts";
import { type Caller, hubspot, quickbooks, select } from "./call.ts";

type Contact = { id: string; properties: Record<string, string | null> };
type Page = { results: Contact[]; paging?: { next: { after: string } } };
type Customers = { QueryResponse: { Customer?: { DisplayName: string }[] } };

async function allContacts(portal: Caller): Promise<Contact[]> {
  const found: Contact[] = [];
  for (let after = "0"; ;) {
    const { body } = await portal.get(
      `?limit=100&after=${after}&properties=firstname,lastname,email,phone,city,country`,
    );
    const { results, paging } = body as Page;
    found.push(...results);
    if (paging === undefined) return found;
    after = paging.next.after;
  }
}

/** Why this contact does not become a customer, or null if it does. */
async function problem(books: Caller, { properties }: Contact): Promise<string | null> {
  const { firstname, lastname, email, phone, city, country } = properties;
  if (email && !z.email().safeParse(email).success) return "email";
  if (phone && !isValidPhoneNumber(phone)) return "phone";
  const known = select(`select * from Customer where PrimaryEmailAddr = '${(email ?? "").replaceAll("'", "\\'")}'`); // prettier-ignore
  if (email && (await customers(books, known)).length > 0) return null;
  const { status, body } = await books.post("/customer", {
    GivenName: firstname,
    FamilyName: lastname,
    PrimaryEmailAddr: { Address: email },
    PrimaryPhone: { FreeFormNumber: phone },
    BillAddr: { City: city, Country: country },
  });
  if (status === 200) return null;
  return (body as { Fault: { Error: { code: string }[] } }).Fault.Error[0]?.code ?? "no code";
}

async function customers(books: Caller, path: string) {
  const { body } = await books.get(path);
  return (body as Customers).QueryResponse.Customer ?? [];
}

test("of 500 contacts the seven that are said to fail do, for the reason said", async () => {
  await using portal = await hubspot();
  await using books = await quickbooks();
  const contacts = await allContacts(portal);
  expect(contacts).toHaveLength(500);

  const failed = new Map<string | null, string>();
  for (const contact of contacts) {
    const why = await problem(books, contact);
    if (why !== null) failed.set(contact.properties["email"] ?? null, why);
  }

  const doomed = flaws.filter(({ outcome }) => outcome === "dead letter");
  expect(Object.fromEntries(failed)).toEqual(
    Object.fromEntries(
      doomed.map(({ key, properties, because }) => [
        properties["email"],
        /\((\d+)\)/.exec(because)?.[1] ?? (key === "email_typo" ? "email" : "phone"),
      ]),
    ),
  );
  expect([...failed.values()].filter((code) => code === "6240")).toHaveLength(3);
  expect(books.stats()).toMatchObject({ active: 7 + 500 - 7 - 1, duplicates: 0 });
});

test("a contact known to QuickBooks by its e-mail stands there under another name", async () => {
  await using books = await quickbooks();
  const query = `select * from Customer where PrimaryEmailAddr = '${sharedEmail.properties.email}'`;
  expect(await customers(books, select(query))).toMatchObject([
    { DisplayName: "Meadow Lane Bakery" },
  ]);
});

test("few contacts have no flaws", async () => {
  await using portal = await hubspot({ seed: 40 });
  const emails = (await allContacts(portal)).map(({ properties }) => properties["email"]);
  expect(emails).toHaveLength(40);
  for (const { properties } of flaws) expect(emails).not.toContain(properties["email"]);
});
