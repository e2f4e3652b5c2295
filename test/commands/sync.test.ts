import { Mistake, NotAllowed } from "#domain/errors.ts";
import { expect, test } from "vitest";
import { flowStatus, now, run } from "../slack/support/samples.ts";
import { ask } from "./ask.ts";

const started = { run: { ...run, state: { kind: "queued" } as const }, fresh: true };

test.each([
  "/sync run customers-to-books full",
  "/sync Run CUSTOMERS-TO-BOOKS, full",
  "/sync customers-to-books run --full",
  "/sync full run customers-to-books",
  "/sync run “customers-to-books” full",
  "/sync run `customers-to-books` full",
  "/sync start customers–to–books full",
  "@ignored".replace("@ignored", "<@U0BOT> sync run customers-to-books full"),
  "<@U0BOT>: run customers-to-books full",
])("%s starts a full run", async (line) => {
  const { performed, text } = await ask(line, { "runs.start": started });
  expect(performed.map(({ name, input }) => [name, input])).toEqual([
    ["runs.start", { flow: "customers-to-books", full: true, channel: "C024BE8LT" }],
  ]);
  expect(text).toMatch(/^Started\..*customers-to-books/);
});

test("a run that is under way is not started twice, and the answer says so", async () => {
  const running = { run: { ...run, state: { kind: "running" } as const }, fresh: false };
  const { text } = await ask("/sync run customers-to-books", { "runs.start": running });
  expect(text).toContain("running already");
  expect(text).toContain("not started twice");
});

test("without a flow a form asks which", async () => {
  const { modal, text } = await ask("/sync run", { "flows.list": [flowStatus] });
  expect(modal?.form).toBe("flow.run");
  expect(text).toContain("customers-to-books");
  expect(text).toContain("Everything again");
});

test("with no flows at all the form says what comes first", async () => {
  const { text } = await ask("/sync run", { "flows.list": [] });
  expect(text).toContain("There are no flows yet");
});

test("a flow that is nearly right is offered as a button", async () => {
  const { text, buttons } = await ask("/sync run customer-to-books", {
    "runs.start": () => {
      throw new Mistake("There is no flow customer-to-books.", { nearest: "customers-to-books" });
    },
  });
  expect(text).toBe("There is no flow customer-to-books.");
  expect(buttons).toEqual(["command.run /sync run customers-to-books"]);
});

test("a verb that is nearly right is offered with all that was typed", async () => {
  const { text, buttons } = await ask("/sync statsu customers-to-books");
  expect(text).toContain("/sync has no “statsu”");
  expect(buttons).toEqual(["command.run /sync status customers-to-books"]);
});

test("a flow alone shows how it is", async () => {
  const { performed, text } = await ask("/sync customers-to-books", { "flows.get": flowStatus });
  expect(performed[0]?.input).toEqual({ flow: "customers-to-books" });
  expect(text).toContain("*Needs a hand*");
  expect(text).toContain("493 read · 480 written · 6 unchanged · 7 need a hand");
});

test.each(["/sync", "/sync help", "/sync HELP", "/sync ?", "/sync --help"])(
  "%s lists every verb with an example",
  async (line) => {
    const { text, performed } = await ask(line);
    expect(performed).toEqual([]);
    for (const verb of [
      "run FLOW [full]",
      "list",
      "status",
      "preview",
      "cancel",
      "pause",
      "resume",
    ])
      expect(text).toContain(verb);
  },
);

test("pausing keeps the reason as it was written", async () => {
  const { performed } = await ask(
    '/sync pause customers-to-books "the month end, full stop & all"',
    {
      "flows.pause": { ...flowStatus, stopped: [] },
    },
  );
  expect(performed[0]?.input).toEqual({
    flow: "customers-to-books",
    reason: "the month end, full stop & all",
  });
});

test("pausing says what becomes of the run under way, whose message follows", async () => {
  const { told, text } = await ask("/sync pause customers-to-books", {
    "flows.pause": { ...flowStatus, stopped: [{ ...run, state: { kind: "running" } }] },
  });
  expect(told).toEqual([{ kind: "run", id: run.id }]);
  expect(text).toContain("is paused; what runs stops at the end of the page in hand.");
});

test("cancelling has the run's message follow", async () => {
  const { told, text } = await ask("/sync cancel customers-to-books", {
    "runs.cancel": { ...run, state: { kind: "cancelled", by: "U024BE7LH" } },
  });
  expect(told).toEqual([{ kind: "run", id: run.id }]);
  expect(text).toContain("What was written stays written");
});

test("a preview masks what it shows", async () => {
  const { text } = await ask("/sync preview customers-to-books", {
    "flows.preview": {
      ...{ id: "p1", version: 1, on: true, at: now, errors: [], warnings: [] },
      ...{ flow: "customers-to-books", create: 1, update: 3400, unchanged: 0, filtered: 0 },
      ...{ delete: 0, conflict: 0, invalid: 0, review: null },
      titles: { from: "HubSpot", to: "QuickBooks" },
      changes: [
        {
          key: "501",
          action: "update",
          fields: { email: { from: "ada@example.com", to: "al@example.org" } },
        },
      ],
    },
  });
  expect(text).toContain("1 to create · 3,400 to update");
  expect(text).toContain("a•••@e•••.com → a•••@e•••.org");
  expect(text).not.toContain("ada@");
});

test("somebody without the role is told so, and nothing else", async () => {
  const { text, buttons } = await ask("/sync pause customers-to-books", {
    "flows.pause": () => {
      throw new NotAllowed("Pausing a flow needs the operator role; you are viewer.");
    },
  });
  expect(text).toBe("Pausing a flow needs the operator role; you are viewer.");
  expect(buttons).toEqual([]);
});

test("a failure of ours has a reference, and its words stay in the log", async () => {
  const { text, logged } = await ask("/sync list", {
    "flows.list": () => {
      throw new Error("password=hunter2");
    },
  });
  expect(text).toMatch(/The log has it as [0-9a-f]{8}\./);
  expect(text).not.toContain("hunter2");
  expect(logged).toHaveLength(1);
});

test.each(["rnu", "rum"])("%s is a slip of the fingers", async (slip) => {
  const { buttons } = await ask(`/sync ${slip} customers-to-books`);
  expect(buttons).toEqual(["command.run /sync run customers-to-books"]);
});
