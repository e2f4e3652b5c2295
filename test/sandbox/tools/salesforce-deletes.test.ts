import { expect, test } from "vitest";
import { type Salesforce, salesforce } from "./salesforce-client.ts";

const stampOf = async (org: Salesforce, object: string, id: string): Promise<number> => {
  const [row] = await org.queryAll(`SELECT SystemModstamp FROM ${object} WHERE Id = '${id}'`);
  return Date.parse(String(row?.["SystemModstamp"]));
};
const minutes = (n: number) => encodeURIComponent(`${new Date(Date.now() + n * 60_000).toISOString().slice(0, 19)}+00:00`); // prettier-ignore

test("a deleted record is seen by queryAll and by /deleted, and in no other way", async () => {
  await using org = await salesforce({ seed: 0 });
  const [one, two] = [await org.create("Contact", { LastName: "One" }), await org.create("Contact", { LastName: "Two" })]; // prettier-ignore
  await org.send("DELETE", `/sobjects/Contact/${one}`);
  expect(await org.query("SELECT Id FROM Contact")).toMatchObject([{ Id: two }]);
  expect(await org.query("SELECT Id FROM Contact WHERE IsDeleted = true")).toEqual([]);
  expect(await org.queryAll("SELECT Id FROM Contact WHERE IsDeleted = true")).toMatchObject([{ Id: one }]); // prettier-ignore

  const stretch = `start=${minutes(-5)}&end=${minutes(5)}`;
  const updated = await org.send("GET", `/sobjects/Contact/updated/?${stretch}`);
  expect(updated.body).toMatchObject({ ids: [two] });
  const deleted = await org.send("GET", `/sobjects/Contact/deleted/?${stretch}`);
  expect(deleted.body).toMatchObject({ deletedRecords: [{ id: one }] });
  const { latestDateCovered } = deleted.body as { latestDateCovered: string };
  expect(latestDateCovered).toMatch(/T\d\d:\d\d:00\.000\+0000$/);
});

test("a stretch of time ends after it starts, and does not reach back too far", async () => {
  await using org = await salesforce({ seed: 0 });
  const ask = async (what: string, start: number, end: number) => (await org.send("GET", `/sobjects/Contact/${what}?start=${minutes(start)}&end=${minutes(end)}`)).status; // prettier-ignore
  const day = 24 * 60;
  expect(await ask("updated", -29 * day, 0)).toBe(200);
  expect(await ask("updated", -31 * day, 0)).toBe(400);
  expect(await ask("deleted", -14 * day, 0)).toBe(200);
  expect(await ask("deleted", -16 * day, 0)).toBe(400);
  const back = await org.send("GET", `/sobjects/Contact/updated?start=${minutes(1)}&end=${minutes(0)}`); // prettier-ignore
  expect(back.body).toMatchObject([{ errorCode: "INVALID_REPLICATION_DATE" }]);
  expect((await org.send("GET", "/sobjects/Contact/updated?start=today&end=tomorrow")).status).toBe(400); // prettier-ignore
});

test("the loser of a merge is deleted and names the winner, to which its records go over", async () => {
  await using org = await salesforce({ seed: 0 });
  const [winner, loser] = [await org.create("Account", { Name: "One" }), await org.create("Account", { Name: "Two" })]; // prettier-ignore
  const person = await org.create("Contact", { LastName: "Lovelace", AccountId: loser });
  await org.control("/_edit", { object: "Account", id: loser, set: { MasterRecordId: winner } });
  expect(
    await org.queryAll("SELECT Id, IsDeleted, MasterRecordId FROM Account ORDER BY Id"),
  ).toMatchObject([
    // prettier-ignore
    { Id: winner, IsDeleted: false, MasterRecordId: null },
    { Id: loser, IsDeleted: true, MasterRecordId: winner },
  ]);
  expect(await org.query("SELECT AccountId FROM Contact")).toMatchObject([{ AccountId: winner }]);
  const gone = await org.send("GET", `/sobjects/Account/${loser}`);
  expect(gone.body).toMatchObject([{ errorCode: "ENTITY_IS_DELETED" }]);
  expect((await org.send("GET", `/sobjects/Contact/${person}`)).status).toBe(200);
});

test("with an account go its contacts and open deals; a deal won keeps it", async () => {
  await using org = await salesforce({ seed: 0 });
  const AccountId = await org.create("Account", { Name: "Quay" });
  const person = await org.create("Contact", { LastName: "Lovelace", AccountId });
  const deal = { Name: "Shop", CloseDate: "2026-12-01", AccountId };
  const won = await org.create("Opportunity", { ...deal, StageName: "Closed Won" });
  const held = await org.send("DELETE", `/sobjects/Account/${AccountId}`);
  expect(held.body).toEqual([{ errorCode: "DELETE_FAILED", message: "Your attempt to delete Quay could not be completed because some opportunities in this account are closed won.", fields: [] }]); // prettier-ignore
  expect((await org.send("GET", `/sobjects/Contact/${person}`)).status).toBe(200);

  await org.send("PATCH", `/sobjects/Opportunity/${won}`, { StageName: "Prospecting" });
  expect((await org.send("DELETE", `/sobjects/Account/${AccountId}`)).status).toBe(204);
  expect(org.stats()).toMatchObject({ active: 0, archived: 3 });
  expect(await org.queryAll("SELECT Id FROM Opportunity WHERE IsDeleted = true")).toHaveLength(1);
});

test("a reference to a deleted record is emptied, which moves the system stamp alone", async () => {
  await using org = await salesforce({ seed: 0 });
  const ContactId = await org.create("Contact", { LastName: "Lovelace" });
  const deal = await org.create("Opportunity", { Name: "Shop", CloseDate: "2026-12-01", StageName: "Prospecting", ContactId }); // prettier-ignore
  await new Promise((resolve) => setTimeout(resolve, 1001 - (Date.now() % 1000)));
  await org.send("DELETE", `/sobjects/Contact/${ContactId}`);
  const [row] = await org.query("SELECT ContactId, LastModifiedDate, SystemModstamp FROM Opportunity"); // prettier-ignore
  expect(row).toMatchObject({ ContactId: null });
  expect(String(row?.["SystemModstamp"]) > String(row?.["LastModifiedDate"])).toBe(true);
  expect(await stampOf(org, "Opportunity", deal)).toBeGreaterThan(0);
});

test("what people do themselves: a change, a new record, the recycle bin and back, an automation", async () => {
  await using org = await salesforce({ seed: 3 });
  const [row] = await org.query("SELECT Id, Email FROM Contact LIMIT 1");
  const id = row?.Id ?? "";
  const edit = (set: object) => org.control("/_edit", { id, set });
  const before = await stampOf(org, "Contact", id);
  expect((await edit({ Phone: "call reception" })).body).toMatchObject({ Phone: "call reception" });
  expect(await stampOf(org, "Contact", id)).toBeGreaterThan(before);
  await edit({ IsDeleted: true });
  expect((await org.send("GET", `/sobjects/Contact/${id}`)).status).toBe(404);
  await edit({ IsDeleted: false });
  const after = await stampOf(org, "Contact", id);
  await edit({});
  expect(await stampOf(org, "Contact", id)).toBeGreaterThan(after);
  expect(org.stats().updates).toBe(2);
  const made = await org.control("/_edit", { object: "Account", set: { Name: "Quay" } });
  expect(made.body).toMatchObject({ Name: "Quay", IsDeleted: false });
  expect((await edit({ Nope: 1 })).status).toBe(400);
  const more = await org.control("/_seed", { Account: 4 });
  expect(more.body).toEqual({ records: org.stats().objects["accounts"] });
});

test("a change may be seen later than its instant says", async () => {
  await using org = await salesforce({ seed: 0 });
  const old = await org.create("Contact", { LastName: "Old" });
  await org.control("/_config", { commit_lag_ms: 60_000 });
  await org.create("Contact", { LastName: "New" });
  await org.send("PATCH", `/sobjects/Contact/${old}`, { LastName: "Older" });
  const names = async () => (await org.query("SELECT LastName FROM Contact ORDER BY Id")).map((row) => row["LastName"]); // prettier-ignore
  expect(await names()).toEqual(["Old"]);
  await org.control("/_config", { commit_lag_ms: 0 });
  expect(await names()).toEqual(["Older", "New"]);
});
