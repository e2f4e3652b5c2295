import { askRunning } from "#cli/control/ask.ts";
import { controlPath } from "#cli/control/path.ts";
import { serveControl } from "#cli/control/serve.ts";
import { runCli } from "#cli/run-cli.ts";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeTerminal } from "./terminal.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "tieline-control-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const never = new AbortController().signal;

/** A running Tieline, and a second process in the same folder that asks it. */
async function twoProcesses() {
  const running = await makeTerminal();
  const socketPath = controlPath(dir);
  const served = await serveControl({
    socketPath,
    run: ({ argv, files, isTTY, columns }, stdout, stderr, interrupted) =>
      runCli({
        ...running.cli(argv),
        ...{ stdout, stderr, isTTY, columns, interrupted },
        readText: (path) => Promise.resolve(files[path] ?? ""),
      }),
  });
  const asking = await makeTerminal();
  const type = (line: string, interrupted: AbortSignal = never) => {
    const out: string[] = [];
    const err: string[] = [];
    const cli = asking.cli(line.split(" "), out, err);
    const done = runCli({
      ...cli,
      ask: (argv, files) =>
        askRunning(socketPath, { argv, files, isTTY: false, columns: 80 }, { ...cli, interrupted }),
      open: () => Promise.reject(new Error("the folder belongs to the other process")),
    });
    return done.then((code) => ({ code, out: out.join(""), err: err.join("") }));
  };
  return { running, asking, served, socketPath, type };
}

test("a verb is carried out by the running process, with the files of whoever asks", async () => {
  const { running, asking, served, type } = await twoProcesses();
  await using _served = served;
  asking.files.set("w.yaml", "connections:\n  shop:\n    connector: hubspot\n");
  expect(await type("apply w.yaml")).toEqual({
    code: 0,
    out: "+ connection shop  created\nw.yaml is applied.\n",
    err: "",
  });
  expect(await running.room.world.registry.connections()).toHaveLength(3);
  expect(await asking.room.world.registry.connections()).toHaveLength(2);
  expect(await type("run nothing")).toMatchObject({
    code: 64,
    err: expect.stringContaining("There is no flow “nothing”") as string,
  });
});

test("its socket is for its owner alone", async () => {
  const { served, socketPath } = await twoProcesses();
  await using _served = served;
  expect(statSync(socketPath).mode & 0o777).toBe(0o600);
});

test("Ctrl-C of the asking process stops waiting; the run goes on", async () => {
  const { running, served, type } = await twoProcesses();
  await using _served = served;
  const stop = new AbortController();
  const asked = type("run customers-to-books", stop.signal);
  await expect.poll(() => running.room.memory.runs.size).toBe(1);
  stop.abort();
  expect(await asked).toEqual({
    code: 130,
    out: "",
    err: "\nStopped waiting. What was begun goes on.\n",
  });
  expect([...running.room.memory.runs.values()][0]?.state.kind).toBe("queued");
});

test("when the running process ends, whoever waits is told", async () => {
  const { running, served, type } = await twoProcesses();
  const asked = type("run customers-to-books");
  await expect.poll(() => running.room.memory.runs.size).toBe(1);
  await served[Symbol.asyncDispose]();
  expect(await asked).toEqual({
    code: 1,
    out: "",
    err: "The running Tieline ended before it had answered.\n",
  });
});

test("nobody running is not an error, and what a killed process left is taken away", async () => {
  const socketPath = controlPath(dir);
  const question = { argv: ["export"], files: {}, isTTY: false, columns: 80 };
  const hearing = { stdout: { write: () => 0 }, stderr: { write: () => 0 }, interrupted: never };
  expect(await askRunning(socketPath, question, hearing)).toBeUndefined();
  writeFileSync(socketPath, "");
  const { served, type } = await twoProcesses();
  await using _served = served;
  expect((await type("dead-letters")).code).toBe(0);
});

test("a second process does not take the socket of the first", async () => {
  const { served, socketPath } = await twoProcesses();
  await using _served = served;
  await expect(serveControl({ socketPath, run: () => Promise.resolve(0) })).rejects.toThrow(
    "Another Tieline is running in this folder already.",
  );
});

test.each(["not json\n", '{"argv":[1]}\n', '{"argv":"export"}\n'])(
  "nonsense ends the conversation: %j",
  async (sent) => {
    const { served, socketPath, type } = await twoProcesses();
    await using _served = served;
    const socket = connect(socketPath);
    socket.write(sent);
    const answer = await new Promise<string>((resolve) => {
      let heard = "";
      socket.on("data", (chunk) => (heard += String(chunk)));
      socket.on("close", () => resolve(heard));
      socket.on("error", () => undefined);
    });
    expect(answer).toBe("");
    expect((await type("dead-letters")).code).toBe(0);
  },
);

test("a folder with a very long name has its socket elsewhere, and Windows a pipe", () => {
  const long = join(dir, "x".repeat(90), "y".repeat(90));
  expect(Buffer.byteLength(controlPath(long))).toBeLessThan(104);
  expect(controlPath(long)).not.toBe(controlPath(`${long}z`));
  expect(controlPath(dir, "win32")).toMatch(/^\\\\\.\\pipe\\tieline-[0-9a-f]{16}$/);
});
