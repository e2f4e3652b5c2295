import type { Failure } from "#domain/failure.ts";
import { connectionName } from "#domain/ids.ts";
import { NotPermitted, Unavailable } from "#domain/errors.ts";
import { askForFailures } from "#operations/failures/ask.ts";
import { receiveMessage } from "#operations/hooks/receive.ts";
import { expect, test } from "vitest";
import { admin, makeRoom, operator, viewer } from "./support/room.ts";

const books = connectionName("books");
const failure = (event: string, message = "The recipient is empty"): Failure => ({
  event,
  automation: { id: "9", name: "Orders to the warehouse" },
  step: null,
  message,
  page: "https://quickbooks.example/9",
});

test("what a tool tells of failures is a card by cause, told in Slack before it is answered", async () => {
  const { world, perform, tools, memory } = await makeRoom();
  const { addresses } = await perform("hooks.renew", { connection: "books" }, admin);
  const token = new URL(addresses[0]?.url ?? "").pathname.split("/")[2] ?? "";
  tools.outcome = { ...tools.outcome, changed: [], failures: [failure("1"), failure("2")] };
  const knock = {
    method: "POST",
    url: "",
    headers: {},
    body: new Uint8Array(),
    object: "failures",
  };
  await receiveMessage(world, { ...knock, token, shown: "in_address" });
  const [view, ...others] = await perform("incidents.list", {}, viewer);
  expect(others).toEqual([]);
  expect(view).toMatchObject({
    flow: null,
    toolTitle: "QuickBooks",
    fix: "correct it in QuickBooks, then mark it as fixed.",
    incident: { connection: "books", open: 2 },
    link: { url: "https://quickbooks.example/9", title: "QuickBooks" },
  });
  expect(memory.told).toEqual([{ kind: "incident", id: view?.incident.id }]);
});

test("what is asked for closes by itself once the tool has none of it any more", async () => {
  const { world, perform, tools } = await makeRoom();
  tools.failing = [failure("1"), failure("2")];
  await askForFailures(world);
  const [view] = await perform("incidents.list", {}, viewer);
  tools.failing = [failure("2")];
  await askForFailures(world);
  const id = view?.incident.id ?? "";
  expect(await perform("incidents.get", { incident: id }, viewer)).toMatchObject({ incident: { open: 1, total: 2 } }); // prettier-ignore
  tools.failing = [];
  await askForFailures(world);
  expect(await perform("incidents.get", { incident: id }, viewer)).toMatchObject({
    incident: { state: { kind: "closed", by: "Tieline" } },
  });
});

test("a tool that does not answer changes nothing; one that lets nobody ask is a card itself", async () => {
  const { world, perform, tools } = await makeRoom();
  tools.failing = [failure("1")];
  await askForFailures(world);
  tools.failures = () => Promise.reject(new Unavailable("503"));
  await askForFailures(world);
  expect(await perform("incidents.list", {}, viewer)).toHaveLength(1);
  tools.failures = () => Promise.reject(new NotPermitted("The key lacks dlqs:read"));
  await askForFailures(world);
  const open = await perform("incidents.list", {}, viewer);
  const messages = open.map(({ incident: { subject } }) => subject.kind === "outside" && subject.failure.message); // prettier-ignore
  expect(messages).toEqual(["The key lacks dlqs:read"]);
  tools.failures = () => Promise.resolve([]);
  await askForFailures(world);
  expect(await perform("incidents.list", {}, viewer)).toEqual([]);
});

test("a person marks it as fixed, once; its thread says who", async () => {
  const { world, perform, refusal } = await makeRoom();
  const about = { at: world.clock.now(), others: "stay" } as const;
  const [incident] = await world.failures.report(books, [failure("1")], about);
  const input = { incident: incident?.id ?? "" };
  expect(await refusal(perform("incidents.close", input, viewer))).toMatch(/^NotAllowed/);
  expect(await perform("incidents.close", input, operator)).toMatchObject({
    incident: { state: { kind: "closed", by: "U0OPERATOR" } },
  });
  expect(await refusal(perform("incidents.close", input, admin))).toMatch(/already settled by @U0OPERATOR/); // prettier-ignore
  expect(await world.incidents.history(incident!.id)).toMatchObject([{ by: "U0OPERATOR", what: "Marked as fixed" }]); // prettier-ignore
});

test("what is about a flow's records closes by itself alone", async () => {
  const { perform, letter, refusal } = await makeRoom();
  const { incident } = await letter({});
  expect(await refusal(perform("incidents.close", { incident }, admin))).toMatch(
    /closes by itself/,
  );
});

test("it is snoozed like any other, is in the digest, and goes with its connection", async () => {
  const { world, perform } = await makeRoom();
  const about = { at: world.clock.now(), others: "stay" } as const;
  const [incident] = await world.failures.report(books, [failure("1")], about);
  const { incidents } = await perform("digest.show", {}, viewer);
  expect(incidents).toMatchObject([{ flow: null }]);
  const input = { incident: incident?.id ?? "", hours: 24 };
  expect(await perform("incidents.snooze", input, operator)).toMatchObject({
    incident: { state: { kind: "snoozed" } },
  });
});
