import { expect, test } from "vitest";
import { hubspot } from "./call.ts";

const email = (name: string) => `${name}@example.com`;

test("traced inputs fail one by one, and the answer tells which", async () => {
  await using portal = await hubspot({ seed: 0 });
  await portal.post("", { properties: { email: email("ada") } });
  const { status, body } = await portal.post("/batch/create", {
    inputs: [
      { objectWriteTraceId: "a", properties: { email: email("grace") }, associations: [] },
      { objectWriteTraceId: "b", properties: { email: email("ada") }, associations: [] },
      { objectWriteTraceId: "c", properties: { email: "?" }, associations: [] },
    ],
  });
  expect(status).toBe(207);
  expect(body).toMatchObject({
    status: "COMPLETE",
    results: [{ objectWriteTraceId: "a", properties: { email: email("grace") } }],
    numErrors: 2,
    errors: [
      { objectWriteTraceId: "b", category: "CONFLICT" },
      { objectWriteTraceId: "c", category: "VALIDATION_ERROR" },
    ],
  });
});

test("without traces one bad input leaves nothing written", async () => {
  await using portal = await hubspot({ seed: 0 });
  await portal.post("", { properties: { email: email("ada") } });
  const conflict = await portal.post("/batch/create", {
    inputs: [{ properties: { email: email("grace") } }, { properties: { email: email("ada") } }],
  });
  const invalid = await portal.post("/batch/create", {
    inputs: [{ properties: { email: email("grace") } }, { properties: { email: "?" } }],
  });
  expect([conflict.status, invalid.status]).toEqual([409, 400]);
  expect(portal.stats().records).toBe(1);
});

test("an upsert says which are new", async () => {
  await using portal = await hubspot({ seed: 0 });
  await portal.post("", { properties: { email: email("ada") } });
  const input = (name: string) => ({
    id: email(name),
    idProperty: "email",
    objectWriteTraceId: name,
    properties: { firstname: name },
  });
  const { status, body } = await portal.post("/batch/upsert", {
    inputs: [input("ada"), input("grace")],
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    results: [
      { objectWriteTraceId: "ada", new: false, properties: { firstname: "ada" } },
      { objectWriteTraceId: "grace", new: true },
    ],
  });
  const twice = await portal.post("/batch/upsert", { inputs: [input("ada"), input("ada")] });
  expect(twice).toMatchObject({ status: 400, body: { context: { ids: [email("ada")] } } });
});

test("what is missing is told in a 207, whatever else was read or updated", async () => {
  await using portal = await hubspot({ seed: 2 });
  const read = await portal.post("/batch/read", {
    properties: ["email"],
    propertiesWithHistory: [],
    inputs: [{ id: "1001" }, { id: "77" }],
  });
  const update = await portal.post("/batch/update", {
    inputs: [
      { id: "1002", properties: { city: "Oslo" } },
      { id: "77", properties: { city: "Oslo" } },
    ],
  });
  for (const { status, body } of [read, update]) {
    expect(status).toBe(207);
    expect(body).toMatchObject({
      results: [{}],
      errors: [{ category: "OBJECT_NOT_FOUND", context: { ids: ["77"] } }],
    });
  }
  const archived = await portal.post("/batch/archive", { inputs: [{ id: "1001" }] });
  expect([archived.status, portal.stats().archived]).toEqual([204, 1]);
});

test("a hundred inputs are the most", async () => {
  await using portal = await hubspot({ seed: 0 });
  const inputs = Array.from({ length: 101 }, (_, n) => ({ properties: { email: email(`a${String(n)}`) } })); // prettier-ignore
  expect((await portal.post("/batch/create", { inputs })).status).toBe(400);
  expect((await portal.post("/batch/create", { inputs: inputs.slice(1) })).status).toBe(201);
});
