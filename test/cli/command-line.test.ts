import { parse } from "#cli/parse.ts";
import { runCli } from "#cli/run-cli.ts";
import { verbs } from "#cli/verbs/index.ts";
import { StoreAway } from "#domain/errors.ts";
import { expect, test } from "vitest";
import { makeTerminal } from "./terminal.ts";

const wrong: [string, string][] = [
  ["", "A verb is missing; tieline --help lists them."],
  ["aply x.yaml", "There is no verb aply; did you mean apply?"],
  ["frobnicate", "There is no verb frobnicate; tieline --help lists them."],
  ["run", "Something is missing. Usage: tieline run FLOW"],
  ["run a b", "There is too much here. Usage: tieline run FLOW"],
  ["run a --ful", "tieline run has no option --ful; did you mean --full?"],
  ["run a --full=yes", "--full takes no value."],
  ["sandbox --only", "--only needs a value, such as --only a,b."],
  ["export -x", "tieline export has no option -x; it has --json, --help."],
];
test.each(wrong)("“%s” ends with 64 and one sentence", async (line, sentence) => {
  const terminal = await makeTerminal();
  expect(await terminal.type(line)).toEqual({ code: 64, out: "", err: `${sentence}\n` });
});

test("options stand anywhere, and --json and --full are known as such", () => {
  expect(parse(["--json", "run", "--full", "customers"])).toMatchObject({
    kind: "verb",
    verb: { name: "run" },
    line: { words: ["customers"], json: true },
  });
});

test("help lists every verb; each verb has its own", async () => {
  const terminal = await makeTerminal();
  const { code, out } = await terminal.type("--help");
  expect(code).toBe(0);
  for (const { name, about } of verbs) {
    expect(out).toContain(`  ${name}`);
    expect(out).toContain(about);
    const own = await terminal.type(`${name} --help`);
    expect(own.code).toBe(0);
    expect(own.out).toContain(`Usage: tieline ${name}`);
  }
  expect(await terminal.type("--version")).toEqual({ code: 0, out: "0.1.0\n", err: "" });
});

test("verbs of the process itself are handed to it", async () => {
  const terminal = await makeTerminal();
  await terminal.type("start");
  await terminal.type("sandbox --only hubspot,slack");
  expect(terminal.handed).toEqual(["start", 'sandbox {"only":["hubspot","slack"]}']);
});

test("a database that is away is no defect of ours, whichever statement finds it so", async () => {
  const terminal = await makeTerminal();
  const cause = new StoreAway("The database does not work just now: terminating connection");
  const start = () => Promise.reject(new Error("Failed query: select …", { cause }));
  expect(await terminal.type("start", { start })).toEqual({
    code: 1,
    out: "",
    err: "The database does not work just now: terminating connection\n",
  });
});

test("manifests are linted: 0 when nothing is wrong, 1 with each problem and its place", async () => {
  const terminal = await makeTerminal();
  terminal.files.set("a.yaml", "connector: a").set("b.yaml", "");
  expect(await terminal.type("lint a.yaml")).toEqual({
    code: 0,
    out: "Nothing is wrong.\n",
    err: "",
  });
  const both = await terminal.type("lint a.yaml b.yaml");
  expect(both).toMatchObject({ code: 1, out: "b.yaml:1:1: there is nothing here\n" });
  const json = await terminal.type("lint b.yaml --json");
  expect(JSON.parse(json.out)).toEqual({
    problems: [{ file: "b.yaml", line: 1, column: 1, message: "there is nothing here" }],
  });
  expect((await terminal.type("lint c.yaml")).code).toBe(64);
});

test("a file is read where the person is, and the running Tieline gets it with the words", async () => {
  const terminal = await makeTerminal();
  terminal.files.set("w.yaml", "flows: {}");
  const asked: unknown[] = [];
  const code = await runCli({
    ...terminal.cli(["apply", "w.yaml"]),
    ask: (argv, files) => {
      asked.push({ argv, files });
      return Promise.resolve(2);
    },
    open: () => Promise.reject(new Error("the folder is in use")),
  });
  expect(code).toBe(2);
  expect(asked).toEqual([{ argv: ["apply", "w.yaml"], files: { "w.yaml": "flows: {}" } }]);
});
