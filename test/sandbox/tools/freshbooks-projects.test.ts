import { expect, test } from "vitest";
import { client, freshbooks, type FreshBooks } from "./freshbooks-call.ts";

type Project = Record<string, unknown>;
type Listed = { meta: Record<string, number>; projects: Project[] };

const base = (books: FreshBooks) => `/projects/business/${String(books.settings["business_id"])}`;
const list = async (books: FreshBooks, query = ""): Promise<Listed> =>
  (await books.call("GET", `${base(books)}/projects${query}`)).body as Listed;
const create = (books: FreshBooks, project: object) =>
  books.call("POST", `${base(books)}/project`, { project });

test("many are listed in the plural, one is written in the singular, in an envelope of its own", async () => {
  await using books = await freshbooks({ seed: 0 });
  const made = await create(books, { title: "Website", due_date: "2026-12-24" });
  const { project } = made.body as { project: Project };
  expect(project).toMatchObject({
    title: "Website",
    due_date: "2026-12-24",
    description: null,
    active: true,
    complete: false,
  });
  expect(String(project["updated_at"])).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  expect(await list(books)).toEqual({
    meta: { page: 1, pages: 1, per_page: 30, total: 1 },
    projects: [project],
  });
  const one = `${base(books)}/project/${String(project["id"])}`;
  expect((await books.call("GET", one)).body).toEqual({ project });
  const plural = await books.call("GET", `${base(books)}/projects/${String(project["id"])}`);
  expect(plural.status).toBe(404);
});

test("an update is partial, and a delete leaves nothing behind", async () => {
  await using books = await freshbooks({ seed: 0 });
  const { project } = (await create(books, { title: "Move", description: "Desks" })).body as { project: Project }; // prettier-ignore
  const one = `${base(books)}/project/${String(project["id"])}`;
  const changed = await books.call("PUT", one, { project: { complete: true } });
  expect(changed.body).toMatchObject({ project: { description: "Desks", complete: true } });
  const gone = await books.call("DELETE", one);
  expect([gone.status, gone.text]).toEqual([204, ""]);
  const after = await books.call("GET", one);
  expect([after.status, after.body]).toEqual([404, { error: "Requested resource could not be found." }]); // prettier-ignore
  expect((await list(books)).projects).toEqual([]);
});

test("they belong to clients that are there", async () => {
  await using books = await freshbooks({ seed: 0 });
  const { id } = client(await books.post("users/clients", { client: { organization: "Hooli" } }));
  const textual = await create(books, { title: "For Hooli", client_id: String(id) });
  expect(textual.body).toMatchObject({ project: { client_id: id } });
  const nobody = await create(books, { title: "For nobody", client_id: 7 });
  expect([nobody.status, nobody.body]).toEqual([422, { errno: 2001, error: { client_id: "value is not valid" } }]); // prettier-ignore
});

test("what changed since an instant in UTC, what is active, what is complete", async () => {
  await using books = await freshbooks({ flaws: false });
  const { projects: all } = await list(books, "?per_page=100");
  const since = String(all[20]?.["updated_at"]);
  const total = async (query: string) => (await list(books, query)).meta["total"];
  const later = all.filter(({ updated_at: at }) => String(at) >= since).length;
  expect(await total(`?updated_since=${since}`)).toBe(later);
  expect(await total(`?updated_since=${since}Z`)).toBe(later);
  expect(await total("?complete=true")).toBe(all.filter(({ complete }) => complete).length);
  expect(await total("?active=false")).toBe(all.filter(({ active }) => !active).length);
  expect((await list(books, "?skip_group=true")).projects[0]).not.toHaveProperty("group");
  const odd = await books.call("GET", `${base(books)}/projects?updated_since=yesterday`);
  expect(odd).toMatchObject({ status: 400, body: { error: "updated_since must be a date and time." } }); // prettier-ignore
});

test("pages hold 100 at most", async () => {
  await using books = await freshbooks({ seed: 180, flaws: false });
  const { meta, projects } = await list(books, "?per_page=500");
  expect([meta, projects.length]).toEqual([{ page: 1, pages: 2, per_page: 100, total: 120 }, 100]);
  expect((await list(books, "?per_page=500&page=3")).projects).toEqual([]);
});

test.each([
  [{}, { title: "field required" }],
  [{ title: "" }, { title: "value is not valid" }],
  [{ title: "A", due_date: "24.12.2026" }, { due_date: "value is not valid" }],
  [{ title: "A", fixed_price: 1500 }, { fixed_price: "value is not valid" }],
  [{ title: "A", name: "B" }, { name: "extra fields not permitted" }],
])("%j is refused as %j", async (given, error) => {
  await using books = await freshbooks({ seed: 0 });
  const refused = await create(books, given);
  expect([refused.status, refused.body]).toEqual([422, { errno: 2001, error }]);
});

test("another business, a body of its own making, and a GET with a content type", async () => {
  await using books = await freshbooks({ seed: 0 });
  expect((await books.call("GET", "/projects/business/1/projects")).status).toBe(404);
  expect((await books.call("POST", `${base(books)}/project`, { title: "A" })).status).toBe(400);
  const typed = await fetch(`${books.base_url}${base(books)}/projects`, {
    headers: {
      authorization: `Bearer ${String(books.credential["token"])}`,
      "content-type": "application/json",
    },
  });
  expect(typed.status).toBe(400);
});
