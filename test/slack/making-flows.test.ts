import { expect, test } from "vitest";
import { Mistake } from "#domain/errors.ts";
import type { FlowSamples, Preview } from "#operations/contract.ts";
import { choices, end } from "./support/flow-choices.ts";
import { openRoom } from "./support/room.ts";
import { flow, flowStatus, now } from "./support/samples.ts";

const where = "integrations";
const samples: FlowSamples = {
  flow,
  titles: { from: "HubSpot", to: "QuickBooks" },
  objects: { from: end("crm/contacts").object, to: end("books/customers").object },
  moves: [{ field: "phone", label: "Phone", personal: true, how: { kind: "same" } }],
  records: [],
  problem: null,
};
const preview: Preview = {
  ...{ id: "p1", flow: flow.name, version: 1, on: false, at: now, errors: [], warnings: [] },
  ...{
    create: 1,
    update: 0,
    unchanged: 0,
    filtered: 0,
    delete: 0,
    conflict: 0,
    invalid: 0,
    review: null,
  },
  titles: { from: "HubSpot", to: "QuickBooks" },
  changes: [{ key: "501", action: "create", fields: {} }],
};

test("what is wrong stands at its input, and what has none at the first", async () => {
  const wrong = [
    { field: "where", message: "No such field." },
    { field: null, message: "Records would go round." },
  ];
  await using room = await openRoom({
    "flows.choices": choices,
    "flows.get": flowStatus,
    "flows.change": { kind: "wrong", problems: wrong },
  });
  const { person } = room;
  await person.type(where, "/sync edit customers-to-books");
  await person.submit(await person.modal(/A record is found by its/), {});
  const { errors } = await person.modal(/Records would go round/);
  expect(errors).toEqual({ where: "No such field.", match: "Records would go round." });
});

test("warnings of a flow that is on are accepted before anything changes, with what was typed", async () => {
  await using room = await openRoom({
    "flows.choices": choices,
    "flows.get": flowStatus,
    "flows.samples": samples,
    "flows.change": ({ accept }) =>
      accept === true
        ? { kind: "saved", status: flowStatus, warnings: ["Two write one field."] }
        : { kind: "warned", warnings: ["Two write one field."] },
  });
  const { person } = room;
  await person.type(where, "/sync edit customers-to-books");
  await person.submit(await person.modal(/A record is found by its/), { "What it is for": "Anew" });
  const warned = await person.modal(/Two write one field/);
  await person.submit(warned, { "What it is for": "Anew" });
  const fields = await person.modal(/as it is/);
  const changes = () => room.performed.filter((one) => one.name === "flows.change");
  expect(changes().map(({ input }) => input)).toMatchObject([
    { version: 1, accept: false, to: { about: "Anew" } },
    { version: 1, accept: true, to: { about: "Anew" } },
  ]);

  await person.pressInView(fields, "Change");
  const one = await person.modal(/It is filled/);
  await person.submit(one, { "It is filled": "From another field, chosen below", From: "Mobile" });
  await person.submit(await person.modal(/Save anyway/), {});
  await person.modal(/as it is/);
  expect(
    changes()
      .slice(2)
      .map(({ input }) => input),
  ).toMatchObject([
    { accept: false, to: { map: { phone: "mobile" } } },
    { accept: true, to: { map: { phone: "mobile" } } },
  ]);
});

test("a stale preview says what happened since, and a new one is one click away", async () => {
  let stale = true;
  await using room = await openRoom({
    "flows.preview": preview,
    "flows.previewed": { preview, status: flowStatus },
    "flows.turn-on": () => {
      if (stale) throw new Mistake("customers-to-books was changed since this preview.");
      return flowStatus;
    },
  });
  const { person } = room;
  await person.type(where, "/sync preview customers-to-books");
  const said = await person.message(where, /1 to create/);
  await person.press(said, "Record by record");
  await person.submit(await person.modal(/Page 1|Create/), {});
  const old = await person.modal(/was changed since this preview/);
  stale = false;
  await person.pressInView(old, "Preview again");
  await person.submit(await person.modal(/until somebody with the admin role/), {});
  await person.modal(/is on, at version 1/);
  expect(room.logged.filter((line) => /could not be/.test(line))).toEqual([]);
});
