import { expect, test } from "vitest";
import { NotAllowed } from "#domain/errors.ts";
import { helpdesk } from "../support/manifest.ts";
import { personAt } from "../support/person.ts";
import { approval, history, request } from "./support/approvals.ts";
import { openRoom } from "./support/room.ts";
import { facts } from "./support/samples.ts";

const at = { channel: "integrations", ravi: "U024BE8RM" };
const problems = [{ line: 2, column: 8, message: "A title is needed" }];

test("a manifest is handed in as a file, told what is wrong with it, handed in again and asked for", async () => {
  let good = false;
  await using room = await openRoom({
    "connectors.list": [facts],
    "connectors.propose": () =>
      good ? { kind: "ready", draft: request } : { kind: "wrong", problems },
    "approvals.ask": request,
  });
  const { person } = room;
  await person.type(at.channel, "/connector register");
  const form = await person.modal(/A connector is one YAML file/);
  await person.submit(form, {});
  const empty = await person.modal(/Please hand in a file/);
  expect(Object.keys(empty.errors ?? {})).toEqual(["file:1"]);

  const file = await person.upload("desk.yaml", helpdesk);
  await person.submit(form, { Manifest: file, "Or its text": "connector: x" });
  await person.modal(/please give one of the two/);
  await person.submit(form, { Manifest: file, Note: " for support " });
  const wrong = await person.modal(/1 problem/);
  expect(JSON.stringify(wrong)).toContain("A title is needed");
  expect(JSON.stringify(wrong)).toContain(String(helpdesk.split("\n")[1]));
  expect(room.performed.at(-1)).toMatchObject({ name: "connectors.propose", input: { text: helpdesk, note: "for support" } }); // prettier-ignore

  good = true;
  await person.submit(wrong, { Manifest: await person.upload("desk.yml", `${helpdesk}\n`) });
  const review = await person.modal(/What it could do/);
  await person.submit(review, {});
  await person.modal(/waits for a second admin/);
  expect(room.performed.at(-1)).toMatchObject({
    name: "approvals.ask",
    input: { approval: approval.id, hash: approval.hash },
  });
});

test("a manifest is pasted; what is wrong with a file stands at the file", async () => {
  await using room = await openRoom({
    "connectors.list": [facts],
    "connectors.propose": { kind: "ready", draft: request },
  });
  const { person } = room;
  await person.type(at.channel, "/connector register");
  const form = await person.modal(/A connector is one YAML file/);
  await person.submit(form, { Manifest: await person.upload("big.yaml", "x".repeat(65_537)) });
  const large = await person.modal(/65,537 bytes/);
  expect(Object.keys(large.errors ?? {})).toEqual(["file:1"]);
  await person.submit(form, { "Or its text": helpdesk });
  await person.modal(/What it could do/);
  expect(room.performed.at(-1)?.input).toEqual({ text: helpdesk });
});

test("whoever may not register is told before anything is typed", async () => {
  await using room = await openRoom({
    "connectors.list": () => {
      throw new NotAllowed("Connecting a tool needs the admin role; you are a viewer.");
    },
  });
  await room.person.type(at.channel, "/connector register");
  await room.person.modal(/needs the admin role/);
});

test("the card is approved by its button, answered, put right, and the asker hears of it", async () => {
  let state = approval.state;
  const now = () => ({ ...request, approval: { ...approval, state } });
  await using room = await openRoom({
    "approvals.get": now,
    "approvals.approve": (_input, actor) => {
      if (actor.kind === "slack" && actor.user === approval.askedBy)
        throw new NotAllowed("You asked for this yourself: another admin has to approve it.");
      state = { kind: "approved", by: at.ravi, at: Temporal.Now.instant(), done: true };
      return now();
    },
  });
  await room.tell({ kind: "approval", id: approval.id });
  const { person } = room;
  const card = await person.message(at.channel, /Needs a second admin/);
  await person.hears(at.channel, /You asked for this yourself/, () =>
    person.press(card, "Approve"),
  );

  const ravi = personAt(room.page, at.ravi);
  // It was brought up to date meanwhile, and its blocks with it.
  const again = (await ravi.again(card)) ?? card;
  await ravi.press(again, "Read it all");
  const text = await ravi.modal(/connector: helpdesk/);
  await ravi.close(text);
  await ravi.hears(at.channel, /Approved: \*Help desk\*/, () => ravi.press(again, "Approve"));
  expect(room.performed.findLast(({ name }) => name === "approvals.approve")?.input).toEqual({
    approval: approval.id,
    hash: approval.hash,
  });
  await room.tell({ kind: "approval", id: approval.id });
  await person.becomes(card, /^✓ \*Approved\*/);
  await room.tell({ kind: "approval_answer", id: approval.id });
  const heard = await person.eventually("the answer", ({ messages }) =>
    Object.values(messages)
      .flat()
      .find(({ text }) => text.includes("approved what you asked for")),
  );
  expect(heard.channel).toMatch(/^D/);
});

test("a card that was decided elsewhere is put right by the click that comes too late", async () => {
  let state = approval.state;
  await using room = await openRoom({
    "approvals.get": () => ({ ...request, approval: { ...approval, state } }),
    "approvals.refuse": () => {
      throw new NotAllowed("<@U024BE8RM> refused this already.");
    },
  });
  await room.tell({ kind: "approval", id: approval.id });
  const card = await room.person.message(at.channel, /Needs a second admin/);
  state = { kind: "refused", by: at.ravi, at: Temporal.Now.instant() };
  await room.person.press(card, "Refuse");
  await room.person.becomes(card, /^■ \*Refused\*/);
});

test("from the versions one goes back, with or without asking", async () => {
  await using room = await openRoom({
    "connectors.versions": history,
    "connectors.use": ({ version }) =>
      version === 1
        ? { kind: "asked", request }
        : { kind: "done", connector: "helpdesk", version, stops: ["a: there would be no b"] },
    "connectors.remove": { connector: "helpdesk" },
  });
  const { person } = room;
  const shown = await person.hears(at.channel, /\*Version 2\* · in use/, () =>
    person.type(at.channel, "/connector versions helpdesk"),
  );
  await person.hears(at.channel, /asks for more than the one in use.*<@U024BE8RM>/, () =>
    person.press(shown, "Ask for version 1"),
  );
  expect(room.performed.at(-1)?.input).toEqual({ connector: "helpdesk", version: 1 });
  await person.hears(at.channel, /out of the catalogue/, () => person.press(shown, "Remove"));
});
