import type { Counts, RunState } from "#domain/run.ts";
import { noCounts } from "#domain/run.ts";
import { Unavailable } from "#domain/errors.ts";
import { expect, test } from "vitest";
import { makeTerminal, type Terminal } from "./terminal.ts";

const flow = "customers-to-books";

/** A worker that ends every queued run in this way as soon as it sees it. */
function finish(terminal: Terminal, state: RunState, counts: Partial<Counts> = {}): Disposable {
  const { memory, clock } = terminal.room;
  const timer = setInterval(() => {
    for (const run of memory.runs.values()) {
      if (run.state.kind !== "queued") continue;
      const startedAt = clock.now();
      clock.pass(1500);
      memory.runs.set(run.id, {
        ...run,
        state,
        startedAt,
        endedAt: clock.now(),
        counts: { ...noCounts, ...counts },
      });
    }
  }, 5);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

test("apply says what it did; as JSON, exactly the contract's keys", async () => {
  const terminal = await makeTerminal();
  terminal.files.set("w.yaml", "connections:\n  shop:\n    connector: hubspot\n");
  expect(await terminal.type("apply w.yaml")).toEqual({
    code: 0,
    out: "+ connection shop  created\nw.yaml is applied.\n",
    err: "",
  });
  const { out } = await terminal.type("apply w.yaml --json");
  const none = { created: [], updated: [], unchanged: [] };
  expect(JSON.parse(out)).toEqual({ connections: { ...none, unchanged: ["shop"] }, flows: none });
});

test("errors of a file are lines with their place and end with 1; no file ends with 64", async () => {
  const terminal = await makeTerminal();
  terminal.files.set("w.yaml", "flows:\n  a:\n    from: crm/contacts\n    to: crm\n");
  expect(await terminal.type("apply w.yaml")).toMatchObject({
    code: 1,
    out: "",
    err: "w.yaml:2:3: a name is 2 to 50 small letters, digits and hyphens, beginning with a letter\nw.yaml:4:9: an end is a connection and one of its objects, such as crm/contacts\n",
  });
  expect(await terminal.type("apply there.yaml --json")).toEqual({
    code: 64,
    out: '{"error":"there.yaml cannot be read: there is no such file."}\n',
    err: "there.yaml cannot be read: there is no such file.\n",
  });
});

test("what is exported can be applied", async () => {
  const terminal = await makeTerminal();
  const { out } = await terminal.type("export");
  terminal.files.set("w.yaml", out);
  expect((await terminal.type("apply w.yaml")).out).toBe(
    "= connection books  unchanged\n= connection crm  unchanged\n= flow customers-to-books  unchanged\nw.yaml is applied.\n",
  );
});

test("check lists the connections, and ends with 1 when one does not work", async () => {
  const terminal = await makeTerminal();
  expect((await terminal.type("check")).out).toBe(
    "crm    HubSpot     works  Harbour & Sons · read, write · 100 in 10 s\nbooks  QuickBooks  works  Harbour & Sons · read, write · 100 in 10 s\n",
  );
  terminal.room.tools.answer = { ok: false, problem: "HubSpot does not know this key." };
  const { code, out } = await terminal.type("check crm --json");
  expect(code).toBe(1);
  expect(JSON.parse(out)).toEqual({
    connections: [
      {
        name: "crm",
        connector: "hubspot",
        ok: false,
        account: null,
        problem: "HubSpot does not know this key.",
      },
    ],
  });
});

test.each([
  [{ kind: "done" }, { read: 493, created: 480, unchanged: 13 }, 0],
  [{ kind: "done" }, { read: 493, created: 486, deadLettered: 7 }, 2],
  [{ kind: "failed", reason: "The store is full" }, { read: 10, held: 10 }, 1],
  [{ kind: "cancelled", by: "ada" }, {}, 1],
] as [RunState, Partial<Counts>, number][])(
  "run ends as %j with %j by %i",
  async (state, counts, code) => {
    const terminal = await makeTerminal();
    using _worker = finish(terminal, state, counts);
    const human = await terminal.type(`run ${flow}`);
    expect(human.code).toBe(code);
    const json = await terminal.type(`run ${flow} --full --json`);
    expect(json.code).toBe(code);
    const { run, ...answer } = JSON.parse(json.out) as Record<string, unknown>;
    expect(run).toMatch(/^run-/);
    expect(answer).toEqual({
      status: state.kind,
      read: counts.read ?? 0,
      created: counts.created ?? 0,
      updated: 0,
      unchanged: counts.unchanged ?? 0,
      filtered: 0,
      deleted: 0,
      dead_lettered: counts.deadLettered ?? 0,
      held: counts.held ?? 0,
      seconds: 1.5,
    });
  },
);

test("a run says what became of it and where to go on", async () => {
  const terminal = await makeTerminal();
  using _worker = finish(
    terminal,
    { kind: "done" },
    { read: 4993, created: 209, unchanged: 4781, deadLettered: 3 },
  );
  expect((await terminal.type(`run ${flow}`)).out).toBe(
    `✓ Done  ${flow} · 4,993 read · 209 written · 4,781 unchanged · 3 need a hand · 2 s\nSee them with: tieline dead-letters ${flow}\n`,
  );
});

test("on a terminal a run has a bar, redrawn in place and gone at the end", async () => {
  const terminal = await makeTerminal();
  const { memory } = terminal.room;
  const asked = terminal.type(`run ${flow}`, { isTTY: true });
  await expect.poll(() => memory.runs.size).toBe(1);
  for (const run of memory.runs.values())
    memory.runs.set(run.id, {
      ...run,
      state: { kind: "running" },
      total: 5000,
      counts: { ...noCounts, read: 3400, created: 212, unchanged: 3188 },
    });
  await new Promise((resolve) => setTimeout(resolve, 300));
  for (const run of memory.runs.values())
    memory.runs.set(run.id, { ...run, state: { kind: "done" } });
  const { out } = await asked;
  expect(out).toContain("\r\u001b[2K▓▓▓▓▓▓▓▓▓▓▓▓▓▓░░░░░░  3,400 of about 5,000 · 212 written");
  expect(out).toContain("\r\u001b[2K✓ Done");
});

test("Ctrl-C stops waiting, not the run", async () => {
  const terminal = await makeTerminal();
  setTimeout(() => terminal.stop.abort(), 50);
  expect(await terminal.type(`run ${flow}`)).toEqual({
    code: 130,
    out: "",
    err: "Stopped waiting. What was begun goes on.\n",
  });
  expect([...terminal.room.memory.runs.values()][0]?.state.kind).toBe("queued");
});

test("wrong names end with 64 and the nearest", async () => {
  const terminal = await makeTerminal();
  expect(await terminal.type("run customer-to-books")).toMatchObject({
    code: 64,
    err: "There is no flow “customer-to-books”; did you mean customers-to-books?\n",
  });
  await terminal.room.perform("flows.pause", { flow }, { kind: "terminal", user: "ada" });
  expect(await terminal.type(`run ${flow}`)).toMatchObject({ code: 1 });
});

test("preview lists what would change and ends with 2", async () => {
  const terminal = await makeTerminal();
  expect((await terminal.type(`preview ${flow}`)).code).toBe(0);
  terminal.room.foreseen.push([
    { kind: "create", key: "1", fields: { name: "Ada" } },
    { kind: "update", key: "2", from: { name: "Bo" }, fields: { name: "Bob" } },
    { kind: "unchanged", key: "3" },
  ]);
  expect(await terminal.type(`preview ${flow}`)).toEqual({
    code: 2,
    out: `+ 1  create\n    name: Ada\n~ 2  update\n    name: Bo → Bob\n${flow} · 1 to create · 1 to update · 1 unchanged\n`,
    err: "",
  });
  const { out } = await terminal.type(`preview ${flow} --json`);
  expect(Object.keys(JSON.parse(out) as object)).toEqual([
    "flow",
    "create",
    "update",
    "unchanged",
    "filtered",
    "delete",
    "conflict",
    "invalid",
    "changes",
  ]);
});

test("a tool that does not answer ends with 1 and its own sentence", async () => {
  const terminal = await makeTerminal();
  terminal.room.world.engine = {
    preview: () => {
      throw new Unavailable("HubSpot does not answer");
    },
    sample: async () => [],
  };
  expect(await terminal.type(`preview ${flow}`)).toEqual({
    code: 1,
    out: "",
    err: "HubSpot does not answer\n",
  });
});

test("dead letters are listed with their cause and nothing of the record", async () => {
  const terminal = await makeTerminal();
  expect((await terminal.type("dead-letters")).out).toBe("Nothing needs a hand.\n");
  const { id } = await terminal.room.letter({
    code: "6240",
    field: "name",
    message: "Duplicate Name",
  });
  expect((await terminal.type(`dead-letters ${flow}`)).out).toBe(
    "ID             FLOW                RECORD  TRIED  FIELD  WHAT WAS SAID\n" +
      `${id}  customers-to-books  c-001   1      name   Duplicate Name\n`,
  );
  const { out } = await terminal.type("dead-letters --json");
  expect(JSON.parse(out)).toEqual({
    dead_letters: [
      {
        id,
        flow,
        key: "c-001",
        cause: "6240",
        field: "name",
        message: "Duplicate Name",
        attempts: 1,
        state: "open",
        first_seen: "2026-11-23T08:00:00Z",
        last_seen: "2026-11-23T08:00:00Z",
      },
    ],
  });
});

test("retry takes a flow or ids, waits, and says what became of them", async () => {
  const terminal = await makeTerminal();
  const { memory, letter, clock } = terminal.room;
  const [one, two] = [await letter({}), await letter({})];
  using _worker = finish(terminal, { kind: "done" });
  const written = setInterval(() => {
    const found = memory.letters.get(one.id);
    if (found?.state.kind === "retrying") {
      memory.letters.set(one.id, {
        ...found,
        state: { kind: "written", by: "ada", at: clock.now() },
      });
      const other = memory.letters.get(two.id);
      if (other) memory.letters.set(two.id, { ...other, state: { kind: "open" } });
    }
  }, 1);
  const { code, out } = await terminal.type(`retry ${flow} --json`);
  clearInterval(written);
  expect(JSON.parse(out)).toEqual({ retried: 2, written: 1, dead_lettered: 1, superseded: 0 });
  expect(code).toBe(2);
  expect(await terminal.type(`retry ${one.id}`)).toEqual({
    code: 0,
    out: "There was nothing to retry.\n",
    err: "",
  });
  expect((await terminal.type("retry nonsense-1 nonsense-2")).code).toBe(64);
  expect(await terminal.type(`retry ${one.id} --version x`)).toMatchObject({
    ...{ code: 64, err: expect.stringContaining("version must be the number of a version") },
  });
});

test("hooks shows where things are sent; the token only where it is made", async () => {
  const terminal = await makeTerminal();
  const before = await terminal.type("hooks books");
  expect(before.out).toContain("https://tieline.example/hooks/•••/messages");
  expect(before.out).toContain("not yet: use --renew");
  const { out } = await terminal.type("hooks books --renew --json");
  const made = JSON.parse(out) as { key: null; made_at: string; addresses: { url: string }[] };
  expect(made.made_at).toMatch(/Z$/);
  const { url = "" } = made.addresses[0] ?? {};
  expect(url).toMatch(/\/hooks\/[\w-]{43}$/);
  expect((await terminal.type("hooks books")).out).not.toContain(url);
  expect(await terminal.type("hooks crm")).toMatchObject({ code: 1 });
});
