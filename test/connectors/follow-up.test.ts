import { expect, test } from "vitest";
import { QuotaSpent } from "#domain/errors.ts";
import type { Write, WriteOutcome } from "#domain/record.ts";
import { fakeTool, type Asked, type Reply } from "./fake-tool.ts";
import { complaints, dealsManifest, manifestOf } from "./small-manifest.ts";
import { connectionTo, never, openWorld } from "./world.ts";

const oneByOne = `
            - { field: notes, put: "/deals/{id}/label/{value}" }`;
const together = `
            - field: notes
              post: /labels
              batch: 2
              item: { deal: "{id}", label: "{value}" }
              body: { inputs: "{items}" }
              failed: errors[0]`;
const text = (after: string): string =>
  dealsManifest(`
    fields: { title: name, notes: label }
    list: { get: /deals, records: deals }
    read: { get: "/deals/{id}", ids: 1, records: deal }
    write:
      batch: 10
      repeat: nothing
      calls:
        - post: /deals
          body: { deals: "{items}" }
          create: { name: "{fields.name}" }
          update: { id: "{id}", name: "{fields.name}" }
          results: { each: deals, match: position, failed: code }
          after:${after}
`);

const create = (title: string, notes: string | null): Write => ({ kind: "create", key: title, hash: "h", fields: { title, notes } }); // prettier-ignore
const update = (id: string, notes: string): Write => ({ kind: "update", key: id, hash: "h", id, version: null, fields: { title: "t", notes } }); // prettier-ignore

/** Deals get the ids 1, 2 …; the one called refused is not made, and the label `gone` is nowhere. */
function answer({ path, body }: Asked): Reply {
  const gone = { code: "gone", message: "There is no such label" };
  if (path === "/deals") {
    const { deals } = body as { deals: { name: string; id?: string }[] };
    return { json: { deals: deals.map(({ name, id }, n) => (name === "refused" ? { code: "gone", message: "No such owner" } : name === "late" ? { code: "spent", message: "That was all for today" } : { id: id ?? String(n + 1) })) } }; // prettier-ignore
  }
  if (path.endsWith("/locked")) return { status: 403, json: { message: "Labels cost extra" } };
  if (path !== "/labels") return path.endsWith("/gone") ? { status: 404, json: gone } : { text: "" }; // prettier-ignore
  const { inputs } = body as { inputs: { label: string }[] };
  const errors = inputs.flatMap(({ label }) => (label === "gone" ? [gone] : []));
  return { status: errors.length > 0 ? 207 : 200, json: { errors } };
}

async function send(after: string, writes: readonly Write[]) {
  await using tool = await fakeTool(answer);
  await using world = await openWorld({ token: "t" }, [manifestOf(text(after))]);
  const target = world.tools.target(connectionTo("small", tool.url), "deals");
  const sent = await target.send({ id: "r", writes }, never);
  return { sent, beside: tool.requests.slice(1) };
}

async function outcomesOf(after: string, writes: readonly Write[]) {
  const { sent, beside } = await send(after, writes);
  const outcomes: readonly WriteOutcome[] = sent.kind === "each" ? sent.outcomes : [];
  return { outcomes, beside };
}

const missing = { kind: "rejected", problem: { class: "missing_reference", field: "notes", code: "gone", message: "There is no such label" } }; // prettier-ignore

test("each record that was written and has the field is asked for beside", async () => {
  const writes = [create("a", "x"), create("refused", "x"), create("c", null), update("9", "gone")];
  const { outcomes, beside } = await outcomesOf(oneByOne, writes);
  expect(outcomes).toMatchObject([{ kind: "accepted", id: "1" }, { kind: "rejected" }, { kind: "accepted", id: "3" }, missing]); // prettier-ignore
  expect(beside.map(({ path }) => path)).toEqual(["/deals/1/label/x", "/deals/9/label/gone"]);
});

test("several are asked for at once, and one by one only where something was refused", async () => {
  const writes = ["x", "y", "gone", "z", "v"].map((notes, n) => create(String(n), notes));
  const { outcomes, beside } = await outcomesOf(together, writes);
  expect(outcomes).toMatchObject([{ kind: "accepted" }, { kind: "accepted" }, missing, { kind: "accepted" }, { kind: "accepted" }]); // prettier-ignore
  const labels = beside.map(({ body }) => (body as { inputs: { label: string }[] }).inputs.map(({ label }) => label).join()); // prettier-ignore
  expect(labels).toEqual(["x,y", "gone,z", "gone", "z", "v"]);
});

test("what is missing where something is created is what it refers to", async () => {
  const { outcomes } = await outcomesOf(oneByOne, [create("refused", null)]);
  expect(outcomes).toMatchObject([{ kind: "rejected", problem: { class: "missing_reference", message: "No such owner" } }]); // prettier-ignore
});

test("where a tool goes on no more after it wrote something, what is left to do is unknown", async () => {
  const beside = send(oneByOne, [create("a", "x"), create("b", "locked")]);
  expect((await beside).sent).toMatchObject({
    kind: "unknown",
    reason: "Small: Labels cost extra",
  });
  const within = send(oneByOne, [create("late", null), create("a", null)]);
  expect((await within).sent).toMatchObject({ kind: "unknown", reason: "Small: That was all for today" }); // prettier-ignore
  await expect(send(oneByOne, [create("late", null)])).rejects.toThrow(QuotaSpent);
});

test.each<[string, string, string]>([
  ["without its records", together.replace("{items}", "all"), "A request for several records needs item, and {items} in the request"], // prettier-ignore
  ["that hides refusals", together.replace("              failed: errors[0]", ""), "A request for several records needs failed: where an answer tells a refusal"], // prettier-ignore
  ["for one among several", together.replace("post: /labels", 'post: "/labels/{id}"'), "The placeholder id is not known; accepted: {items}"], // prettier-ignore
])("the linter sees a request beside a batch %s", (_what, after, message) => {
  expect(complaints(text(after)).map((one) => one.replace(/^\d+: /, ""))).toEqual([message]);
});
