import { describe, expect, test } from "vitest";
import type { Fields } from "#domain/fields.ts";
import { flowName } from "#domain/ids.ts";
import { sample, kept } from "../connectors/acceptance/samples.ts";
import { cook } from "./cook.ts";
import { openTool, type Side } from "./ends.ts";
import { heldBy, madeUp, withContent } from "./file-bytes.ts";

const never = new AbortController().signal;
const crms = ["hubspot", "salesforce", "activecampaign"] as const;
const books = ["quickbooks", "freshbooks", "airtable"] as const;
const works = ["asana", "monday", "airtable"] as const;
const drives = ["google-drive", "dropbox"] as const;

/** What somebody does in a tool itself. */
async function byHand(
  side: Side,
  entity: string,
  kind: "create" | "update",
  fields: Fields,
  id = "",
) {
  const object = side.objects.find((one) => one.entity === entity && one.writes);
  if (object === undefined) throw new Error(`${side.name} has no ${entity}`);
  const target = side.target(object.name, { connection: side.connection.name, flow: flowName("by-hand"), content: null }); // prettier-ignore
  const some = kept(fields, target.holds);
  const write =
    kind === "create"
      ? { kind, key: `hand-${String(fields["title"] ?? fields["email"])}`, hash: "h", fields: some }
      : { kind, key: "hand", hash: "h", id, version: (await target.read([id], never))[0]?.version ?? null, fields: some }; // prettier-ignore
  const sent = await target.send({ id: crypto.randomUUID(), writes: [write] }, never);
  const outcome = sent.kind === "each" ? sent.outcomes[0] : undefined;
  if (outcome?.kind !== "accepted") throw new Error(`${side.name}: ${JSON.stringify(sent)}`);
  return outcome.id;
}

async function there(side: Side, entity: string): Promise<{ id: string; fields: Fields }[]> {
  const object = side.objects.find((one) => one.entity === entity && one.reads);
  if (object === undefined) throw new Error(`${side.name} shows no ${entity}`);
  const pages = await Array.fromAsync(side.source(object.name).pages(null, { gone: false, signal: never }));
  const found = new Map(pages.flatMap(({ records }) => records).map((record) => [record.id, record]));
  return [...found.values()].flatMap(({ id, content }) => (content.kind === "live" ? [{ id, fields: content.fields }] : []));
} // prettier-ignore

const deal = (title: string, status: string, customer: string): Fields => ({
  title,
  amount: "1250.5",
  currency: "USD",
  status,
  close_date: "2026-11-02",
  customer,
});

describe("a deal is won and the invoice is there", () => {
  test.each(crms.flatMap((crm) => books.map((book) => ({ crm, book }))))(
    "$crm to $book",
    async ({ crm, book }) => {
      await using left = await openTool(crm, "crm");
      await using right = await openTool(book, "books");
      const customer = await byHand(left, "customer", "create", sample("customer", 0, "W"));
      const won = await byHand(left, "deal", "create", deal("Roof", "won", customer));
      const open = await byHand(left, "deal", "create", deal("Walls", "open", customer));
      const kitchen = cook("won-deal-invoice", { crm: left, books: right });

      // Nobody has brought the customer yet: the invoice brings it along, in one go.
      await kitchen.runAll(kitchen.flows.filter(({ name }) => name === "won-deals-to-invoices"));
      expect(kitchen.letters()).toBe(0);
      const [invoice, ...more] = await there(right, "invoice");
      expect(more).toEqual([]);
      expect(invoice?.fields).toMatchObject({
        customer: kitchen.linked("customers-to-books").get(customer)?.id,
        due_date: "2026-12-02",
        lines: [{ description: "Roof", quantity: "1", unit_price: "1250.5", amount: "1250.5" }],
      });

      await byHand(left, "deal", "update", { amount: "99.5", title: "Roof and more" }, won);
      await byHand(left, "deal", "update", { status: "won" }, open);
      // A search of the tool may show what was for some seconds more.
      const count = async (): Promise<number> => {
        await kitchen.runAll();
        return (await there(right, "invoice")).length;
      };
      await expect.poll(count, { timeout: 30_000, interval: 500 }).toBe(2);
      const after = await there(right, "invoice");
      expect(after.find(({ id }) => id === invoice?.id)).toEqual(invoice);
      expect(kitchen.open()).toEqual([]);
    },
  );
});

describe("a deal is won and the project begins", () => {
  const rows = crms.flatMap((crm, n) => works.map((work) => ({ crm, work, drive: drives[n % 2] ?? "dropbox" }))); // prettier-ignore
  test.each(rows)("$crm to $work and $drive", async ({ crm, work, drive }) => {
    await using left = await openTool(crm, "crm");
    await using right = await openTool(work, "work");
    await using files = await openTool(drive, "files");
    const customer = await byHand(left, "customer", "create", sample("customer", 0, "W"));
    await byHand(left, "deal", "create", deal("Roof A/B", "won", customer));
    await byHand(left, "deal", "create", deal("Walls", "lost", customer));
    const kitchen = cook("won-deal-project", { crm: left, work: right, files });

    await kitchen.runAll(kitchen.flows.toReversed());
    await kitchen.runAll();
    expect(kitchen.open()).toEqual([]);
    const [project, ...more] = await there(right, "project");
    expect(more).toEqual([]);
    expect(project?.fields["name"]).toBe("Roof A/B");
    const tasks = await there(right, "task");
    expect(tasks.map(({ fields }) => fields["title"]).toSorted()).toEqual([
      "First review: Roof A/B",
      "Kick-off: Roof A/B",
      "Plan: Roof A/B",
    ]);
    // The tasks of a monday.com connection are the items of one board, which is chosen in its settings.
    const projects = new Set(tasks.map(({ fields }) => fields["project"]));
    expect(projects).toEqual(new Set([work === "monday" ? undefined : project?.id]));
    const folders = (await there(files, "file")).map(({ fields }) => fields["path"]);
    expect(folders).toContain("/Projects/Roof A-B");

    await kitchen.runAll();
    expect(await there(right, "task")).toHaveLength(3);
    expect(await there(files, "file")).toHaveLength(folders.length);
  });
});

describe("a customer's address changes and changes everywhere", () => {
  test.each([
    ["hubspot", "quickbooks", "mailchimp"],
    ["salesforce", "freshbooks", "activecampaign"],
    ["activecampaign", "airtable", "hubspot"],
  ] as const)("%s to %s and %s", async (crm, book, mail) => {
    await using left = await openTool(crm, "crm");
    await using right = await openTool(book, "books");
    await using list = await openTool(mail, "mail");
    const customer = await byHand(left, "customer", "create", sample("customer", 0, "W"));
    const kitchen = cook("address-everywhere", { crm: left, books: right, mail: list });
    await kitchen.runAll();
    expect(kitchen.open()).toEqual([]);

    const moved = { last_name: "Neuhaus", "address.line1": "2 Quai Neuf", "address.city": "Lyon", "address.postcode": "69002", "address.country": "FR" }; // prettier-ignore
    await byHand(left, "customer", "update", moved, customer);
    const at = async (side: Side, flow: string): Promise<Fields | undefined> => {
      await kitchen.runAll();
      const id = kitchen.linked(flow).get(customer)?.id;
      return (await there(side, "customer")).find((one) => one.id === id)?.fields;
    };
    const arrived = expect.objectContaining(kept(moved, holdsOf(list))) as Fields;
    // A search of the tool may show what was for some seconds more.
    const waiting = { timeout: 30_000, interval: 500 };
    await expect.poll(() => at(list, "customers-to-mail"), waiting).toEqual(arrived);
    expect(await at(right, "customers-to-books")).toMatchObject(kept(moved, holdsOf(right)));
    const before = [right.writes(), list.writes()];
    await kitchen.runAll();
    expect([right.writes(), list.writes()]).toEqual(before);
  });
});

const holdsOf = (side: Side): ReadonlySet<string> =>
  new Set(side.objects.find(({ entity, writes }) => entity === "customer" && writes)?.fields);

/** Somebody puts the n-th bytes into a folder, or into the file that is there. */
async function file(side: Side, n: number, fields: Fields, id: string | null = null) {
  const object = objectOf(side).name;
  const target = side.target(object, { connection: side.connection.name, flow: flowName("by-hand"), content: madeUp }); // prettier-ignore
  const whole = withContent({ ...fields, kind: "file" }, n);
  const known = { key: `f${String(n)}`, hash: "h", fields: whole };
  const [now] = id === null ? [] : await target.read([id], never);
  const write = id === null ? { kind: "create" as const, ...known } : { kind: "update" as const, ...known, id, version: now?.version ?? null }; // prettier-ignore
  const sent = await target.send({ id: crypto.randomUUID(), writes: [write] }, never);
  const outcome = sent.kind === "each" ? sent.outcomes[0] : undefined;
  if (outcome?.kind !== "accepted") throw new Error(`${side.name}: ${JSON.stringify(sent)}`);
  return outcome.id;
}
const objectOf = (side: Side) => {
  const object = side.objects.find(({ entity, writes }) => entity === "file" && writes);
  if (object === undefined) throw new Error(`${side.name} keeps no files`);
  return object;
};
const filesOf = (side: Side) => side.source(objectOf(side).name);

/** The whole of it is paid, in the words of each tool. */
const whole = { quickbooks: { paid: 250 }, freshbooks: { paid: "250.00" }, airtable: { Status: "Paid", Balance: 0 } } as const; // prettier-ignore
/** A search of a tool may show what was for some seconds more. */
const searching = { timeout: 30_000, interval: 500 };

describe("an overdue invoice is a task until it is paid", () => {
  test.each(books.flatMap((book) => works.map((work) => ({ book, work }))))(
    "$book to $work",
    async ({ book, work }) => {
      await using left = await openTool(book, "books");
      await using right = await openTool(work, "work");
      const customer = await byHand(left, "customer", "create", { ...sample("customer", 0, "W"), currency: "USD" }); // prettier-ignore
      const invoice = (number: string, due_date: string): Fields => ({
        ...{ number, title: number, status: "open", date: "2026-10-02", due_date, currency: "USD", customer },
        lines: [{ description: "Roof", quantity: "1", unit_price: "250", amount: "250" }],
        ...{ total: "250", balance: "250" },
      }); // prettier-ignore
      const late = await byHand(left, "invoice", "create", invoice("R-1", "2026-10-30"));
      const early = await byHand(left, "invoice", "create", invoice("R-2", "2027-01-30"));
      if (book === "freshbooks")
        for (const id of [late, early])
          await left.byHand?.({ object: "invoices", id, set: { action_mark_as_sent: true } });
      const kitchen = cook("overdue-invoice-task", { books: left, work: right });
      const number = (await there(left, "invoice")).find(({ id }) => id === late)?.fields["number"];
      const tasks = async () => {
        await kitchen.runAll();
        return (await there(right, "task")).map(({ fields }) => [fields["title"], fields["status"], fields["due_date"]]); // prettier-ignore
      };
      const task = (status: string) => [[`Overdue: invoice ${String(number)}`, status, "2026-10-31"]]; // prettier-ignore
      await expect.poll(tasks, searching).toEqual(task("open"));

      await left.byHand?.({ object: "invoices", id: late, set: whole[book] });
      await expect.poll(tasks, searching).toEqual(task("done"));
      const before = right.writes();
      await kitchen.runAll();
      expect(right.writes()).toBe(before);

      // Nobody touches the other one: the day after it was due comes by itself.
      kitchen.pass(70 * 24 * 3_600_000);
      await expect.poll(async () => (await tasks()).length, searching).toBe(2);
      expect(kitchen.open()).toEqual([]);
    },
  );
});

const lists = ["activecampaign", "airtable", "mailchimp"] as const;

describe("new leads are on the mailing list, with consent respected", () => {
  test.each(
    lists.flatMap((crm) => lists.filter((mail) => mail !== crm).map((mail) => ({ crm, mail }))),
  )("$crm to $mail", async ({ crm, mail }) => {
    await using left = await openTool(crm, "crm");
    await using right = await openTool(mail, "mail");
    const lead = (name: string, subscription: string): Fields => ({
        ...sample("customer", 0, "W"),
        ...{ email: `${name.toLowerCase()}@example.com`, first_name: name, external_id: name, phone: null, subscription },
      }); // prettier-ignore
    const withdraws = await byHand(left, "customer", "create", lead("Ada", "subscribed"));
    const leaves = await byHand(left, "customer", "create", lead("Bob", "subscribed"));
    const never = await byHand(left, "customer", "create", lead("Cyd", "unsubscribed"));
    const kitchen = cook("leads-to-list", { crm: left, mail: right });
    const idOf = (one: string) => kitchen.linked("leads-to-list").get(one)?.id ?? "";
    const list = async () => {
      await kitchen.runAll();
      return (await there(right, "customer"))
        .map(({ fields }) => [fields["first_name"], fields["subscription"]])
        .toSorted();
    };
    await expect.poll(list, searching).toEqual([["Ada", "subscribed"], ["Bob", "subscribed"]]); // prettier-ignore

    // Ada takes it back where she gave it; Bob at the list itself, and then is changed in the CRM.
    await byHand(left, "customer", "update", { subscription: "unsubscribed" }, withdraws);
    await byHand(right, "customer", "update", { subscription: "unsubscribed" }, idOf(leaves));
    await byHand(left, "customer", "update", { first_name: "Robert" }, leaves);
    const off = ["Ada", "unsubscribed"];
    await expect.poll(list, searching).toEqual([off, ["Robert", "unsubscribed"]]);

    // Whatever the CRM says of Bob afterwards, he is not put back by us.
    await byHand(left, "customer", "update", { subscription: "unsubscribed" }, leaves);
    await kitchen.runAll();
    await byHand(left, "customer", "update", { subscription: "subscribed", first_name: "Rob" }, leaves); // prettier-ignore
    // Two of the tools let nobody give it back by their interface: there he stays out of the flow.
    const name = crm === "airtable" ? "Rob" : "Robert";
    await expect.poll(list, searching).toEqual([off, [name, "unsubscribed"]]);
    expect(idOf(never)).toBe("");
    expect(kitchen.open()).toEqual([]);
  });
});

describe("files are the same in two places", () => {
  test.each([
    ["google-drive", "dropbox"],
    ["dropbox", "google-drive"],
  ] as const)("%s and %s", async (one, other) => {
    await using left = await openTool(one, "one");
    await using right = await openTool(other, "other");
    const first = await file(left, 1, { path: "/Offers/Été 1.txt" });
    await file(right, 2, { path: "/Offers/Herbst 2.txt" });
    const kitchen = cook("files-mirrored", { one: left, other: right });
    const both = ["/Offers", "/Offers/Herbst 2.txt", "/Offers/Été 1.txt"];
    const paths = async (side: Side) => (await there(side, "file")).map(({ fields }) => String(fields["path"])).toSorted(); // prettier-ignore

    await kitchen.runAll();
    expect(await paths(right)).toEqual(both);
    expect(await paths(left)).toEqual(both);
    const before = [left.writes(), right.writes()];
    await kitchen.runAll();
    expect([left.writes(), right.writes()]).toEqual(before);

    await file(left, 3, { path: "/Offers/Été 1.txt" }, first);
    await kitchen.runAll();
    await kitchen.runAll();
    const changed = (await there(right, "file")).find(({ fields }) => fields["path"] === "/Offers/Été 1.txt"); // prettier-ignore
    expect(await heldBy(filesOf(right), changed?.id ?? "")).toBe(
      await heldBy(filesOf(left), first),
    );
    expect(kitchen.open()).toEqual([]);
  });
});
