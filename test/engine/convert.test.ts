import { expect, test } from "vitest";
import type { Conversion } from "#domain/conversion.ts";
import { converted } from "#engine/convert.ts";
import { memorySource } from "../support/memory/source.ts";

const never = new AbortController().signal;
const field = (name: string) => ({ kind: "field", field: name }) as const;

const invoice: Conversion = {
  name: "deal-to-invoice",
  title: "A deal becomes an invoice",
  from: "deal",
  to: "invoice",
  once: true,
  follows: false,
  records: {
    "": {
      customer: field("customer"),
      due_date: { kind: "days_after", field: "close_date", days: 30 },
      notes: { kind: "text", parts: ["For ", { field: "title" }] },
      status: { kind: "constant", value: "draft" },
      lines: {
        kind: "lines",
        rows: [{ description: field("title"), quantity: { kind: "constant", value: "1" }, amount: field("amount") }],
      },
    },
  },
}; // prettier-ignore
const tasks: Conversion = {
  ...invoice,
  to: "task",
  records: {
    plan: { title: { kind: "text", parts: ["Plan: ", { field: "title" }] }, project: field("id") },
    review: { title: field("title"), project: field("id") },
  },
};

function deals() {
  const source = memorySource();
  source.references = { customer: "contacts" };
  source.put("7", { title: "Roof", amount: "1200.50", customer: "c1", close_date: "2026-02-01" });
  return source;
}
async function all(source: ReturnType<typeof converted>) {
  const pages = await Array.fromAsync(source.pages(null, { gone: true, signal: never }));
  return pages.flatMap(({ records }) => records);
}

test("one record becomes one of another kind, under its own id, with what it was made from", async () => {
  const source = converted(deals(), invoice, "deals");
  const [made, ...more] = await all(source);
  expect(more).toEqual([]);
  expect(made).toMatchObject({
    id: "7",
    content: {
      kind: "live",
      fields: {
        customer: "c1",
        due_date: "2026-03-03",
        notes: "For Roof",
        status: "draft",
        lines: [{ description: "Roof", quantity: "1", amount: "1200.50" }],
      },
      origin: { title: "Roof", amount: "1200.50" },
      problems: [],
    },
  });
  expect(source.references).toEqual({ customer: "contacts" });
});

test("one record becomes several, which refer to what else was made of it", async () => {
  const source = converted(deals(), tasks, "deals");
  const made = await all(source);
  expect(made.map(({ id, content }) => [id, content.kind === "live" && content.fields])).toEqual([
    ["7#plan", { title: "Plan: Roof", project: "7" }],
    ["7#review", { title: "Roof", project: "7" }],
  ]);
  expect(source.references).toEqual({ project: "deals" });
  expect(await source.estimate(null, never)).toBe(2);
  const read = await source.read(["7#review", "8#plan"], never);
  expect(read.map(({ id, content }) => [id, content.kind])).toEqual([
    ["7#review", "live"],
    ["8#plan", "gone"],
  ]);
});

test("what is gone is gone in all that was made of it, and a merge goes on in its parts", async () => {
  const source = deals();
  source.showsGone = true;
  source.remove("7");
  const made = await all(converted(source, tasks, "deals"));
  expect(made.map(({ id, content }) => [id, content])).toEqual([
    ["7#plan", { kind: "gone" }],
    ["7#review", { kind: "gone" }],
  ]);
  source.put("9", { title: "Roof" });
  source.merge("9", "10", { title: "Roof and walls" });
  const merged = await all(converted(source, tasks, "deals"));
  expect(merged.find(({ id }) => id === "9#plan")?.content).toEqual({
    kind: "gone",
    into: "10#plan",
  });
});

test("a bad value is wrong in every field that is made of it, and stays as it was sent", async () => {
  const source = deals();
  const problem = { class: "invalid", field: "close_date", code: "BAD_DATE", message: "“soon” is no day" } as const; // prettier-ignore
  source.put("7", { title: "Roof", close_date: "soon" }, [problem]);
  const [made] = await all(converted(source, invoice, "deals"));
  expect(made?.content).toMatchObject({
    fields: { due_date: "soon" },
    problems: [problem, { ...problem, field: "due_date" }],
  });
});

test("a text of which a part is missing is empty, and a name in a path stays one name", async () => {
  const source = deals();
  source.put("8", { title: null });
  source.put("9", { title: "A/B test" });
  const folder: Conversion = {
    ...invoice,
    to: "file",
    records: { "": { path: { kind: "path", parts: ["/Projects/", { field: "title" }] } } },
  };
  const made = await all(converted(source, folder, "deals"));
  expect(made.map(({ content }) => content.kind === "live" && content.fields["path"])).toEqual([
    "/Projects/Roof",
    null,
    "/Projects/A-B test",
  ]);
});
