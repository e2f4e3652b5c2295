import { expect, test } from "vitest";
import { type Drive, drive, filesIn, FOLDER, idOf, reasonOf, search } from "./google-drive-call.ts";

/** Five files in a folder: what a query finds of them, by name. */
async function searched(): Promise<{ one: Drive; folder: string; find(q: string): Promise<string[]> }> {
  const one = await drive({ seed: 0 });
  const make = async (body: object) => idOf(await one.send("POST", "files", body));
  const folder = await make({ name: "Papers", mimeType: FOLDER });
  const inside = { parents: [folder] };
  await make({ ...inside, name: "Invoice 7.pdf", mimeType: "application/pdf", modifiedTime: "2026-01-05T00:00:00Z" });
  await make({ ...inside, name: "Aoife's list.txt", modifiedTime: "2026-02-05T00:00:00Z", appProperties: { flow: "it's" } });
  await make({ ...inside, name: "Back\\slash.txt", starred: true, modifiedTime: "2026-03-05T12:00:00Z", properties: { a: "b" } });
  const gone = await make({ ...inside, name: "Unpaid invoice.txt", modifiedTime: "2026-04-05T00:00:00Z" });
  await one.send("PATCH", `files/${gone}`, { trashed: true });
  return {
    one,
    folder,
    find: async (q) => filesIn(await one.get(search(`(${q}) and mimeType != '${FOLDER}'`))).map(({ name }) => name),
  };
} // prettier-ignore

const PDF = "Invoice 7.pdf";
const LIST = "Aoife's list.txt";
const SLASH = "Back\\slash.txt";
const GONE = "Unpaid invoice.txt";

test.each([
  ["name = 'Invoice 7.pdf'", [PDF]],
  ["name = 'invoice 7.pdf'", []],
  ["name != 'Invoice 7.pdf'", [GONE, SLASH, LIST]],
  ["name contains 'invoice'", [GONE, PDF]],
  ["name contains 'voice'", []],
  ["name = 'Aoife\\'s list.txt'", [LIST]],
  ["name = 'Back\\\\slash.txt'", [SLASH]],
  ["mimeType = 'application/pdf'", [PDF]],
  ["mimeType contains 'text/'", [GONE, SLASH, LIST]],
  ["trashed = true", [GONE]],
  ["trashed = false and name contains 'invoice'", [PDF]],
  ["trashed != true and not starred = true", [LIST, PDF]],
  ["modifiedTime > '2026-03-05T12:00:00'", [GONE]],
  ["modifiedTime >= '2026-03-05T12:00:00.000Z'", [GONE, SLASH]],
  ["modifiedTime <= '2026-02-05T01:00:00+01:00'", [LIST, PDF]],
  ["appProperties has { key='flow' and value='it\\'s' }", [LIST]],
  ["properties has { key='a' and value='b' }", [SLASH]],
  ["name = 'x' or (starred = true and trashed = false)", [SLASH]],
  ["NOT name contains 'I' AND 'me' in owners", [SLASH, LIST]],
  ["sharedWithMe", []],
  ["fullText contains 'unpaid'", [GONE]],
])("%s finds %j", async (q, names) => {
  const { one, find } = await searched();
  await using _ = one;
  expect(await find(q)).toEqual(names);
});

test("what is in a folder, or at the top, is found by its parent", async () => {
  const { one, folder, find } = await searched();
  await using _ = one;
  expect(await find(`'${folder}' in parents`)).toHaveLength(4);
  const top = await one.get(search("'root' in parents and trashed=false"));
  expect(filesIn(top).map(({ name }) => name)).toEqual(["Papers"]);
});

test.each([
  "name == 'x'",
  "name = x",
  "name = 'it's'",
  "name = 'a\\b'",
  "title = 'of version 2'",
  "name < 'x'",
  "trashed = 'true'",
  "modifiedTime > 'yesterday'",
  "'x' in folders",
  "(name = 'x'",
  "name = 'x' and",
  "appProperties has { key='a' }",
])("the query %s is refused", async (q) => {
  await using one = await drive({ seed: 0 });
  expect(await one.get(search(q))).toMatchObject({
    status: 400,
    body: { error: { errors: [{ reason: "invalid", location: "q", message: "Invalid Value" }] } },
  });
});

test("a search for words cannot be sorted", async () => {
  await using one = await drive({ seed: 0 });
  const answer = await one.get(search("fullText contains 'x'", "&orderBy=name"));
  expect(answer).toMatchObject({
    status: 400,
    body: { error: { errors: [{ reason: "badRequest", location: "orderBy" }] } },
  });
  expect(reasonOf(await one.get("files?orderBy=title"))).toBe("400 invalid");
});
