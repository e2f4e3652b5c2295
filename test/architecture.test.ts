import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";

/** Folders of ours that a folder may import besides itself. The files beside them wire, and may import everything. */
const mayImport: Record<string, readonly string[]> = {
  "src/domain": [],
  "src/engine": ["#domain"],
  "src/connectors": ["#domain"],
  "src/store": ["#domain"],
  "src/queue": ["#domain"],
  "src/operations": ["#domain"],
  "src/slack": ["#domain", "#operations"],
  "src/web": ["#domain", "#operations"],
  "src/cli": ["#domain", "#operations"],
  commands: ["#domain", "#operations", "#slack"],
  "src/sandbox": [],
};

/** Packages and Node's own modules a folder may use; the world is reached from few places. */
const mayUse: Record<string, readonly string[]> = {
  "src/domain": ["cron-parser"],
  "src/engine": ["p-queue"],
  "src/operations": ["zod", "yaml", "cron-parser", "fastest-levenshtein", "@viz-js/viz"],
  commands: [],
};

/** Words that would bring the world into a folder that must not know it. */
const forbidden: Record<string, RegExp> = {
  "src/domain": /\bfetch\(|\bnew Date\b|\bDate\.now|\bMath\.random|\bsetTimeout\(|\bprocess\./,
  "src/engine":
    /\bfetch\(|\bnew Date\b|\bDate\.now|\bTemporal\.Now|\bMath\.random|\bsetTimeout\(|\bprocess\.|\bperformance\./,
  "src/operations": /\bfetch\(|\bprocess\.|\bMath\.random|\bTemporal\.Now/,
  commands: /\bfetch\(|\bprocess\.|\bMath\.random/,
};

const folders = Object.keys(mayImport);
const filesOf = (folder: string): string[] => globSync(`${folder}/**/*.ts`);
const importsOf = (file: string, text = readFileSync(file, "utf8")): string[] =>
  [
    ...text.matchAll(
      /^(?:import|export)\b[^;]*?\bfrom\s+"([^"]+)"|^import\s+"([^"]+)"|\bimport\("([^"]+)"\)/gm,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? "");

/** Leaves out imports of types alone, which are gone when the program runs. */
const usedBy = (file: string): string[] =>
  importsOf(file, readFileSync(file, "utf8").replace(/^import type [^;]*;/gm, ""));

describe.each(folders)("%s", (folder) => {
  test("imports only what the table allows", () => {
    const strangers = filesOf(folder).flatMap((file) =>
      importsOf(file)
        .filter((from) => from.startsWith("#"))
        .filter((from) => !allowed(folder, from))
        .map((from) => `${file} imports ${from}`),
    );
    expect(strangers).toEqual([]);
  });

  test("reaches its own files by relative paths, and no others", () => {
    const climbing = filesOf(folder).flatMap((file) =>
      importsOf(file)
        .filter((from) => from.startsWith("."))
        .filter((from) => !normalize(join(dirname(file), from)).startsWith(`${folder}/`))
        .map((from) => `${file} imports ${from}`),
    );
    expect(climbing).toEqual([]);
  });

  test("uses only the packages it may", () => {
    const packages = mayUse[folder];
    if (packages === undefined) return;
    const strangers = filesOf(folder).flatMap((file) =>
      importsOf(file)
        .filter((from) => !from.startsWith(".") && !from.startsWith("#"))
        .filter((from) => !packages.some((name) => from === name || from.startsWith(`${name}/`)))
        .map((from) => `${file} uses ${from}`),
    );
    expect(strangers).toEqual([]);
  });

  test("does not reach for the world behind the ports", () => {
    const words = forbidden[folder];
    if (words === undefined) return;
    expect(filesOf(folder).filter((file) => words.test(withoutComments(file)))).toEqual([]);
  });

  test("has no import cycles", () => {
    expect(cyclesIn(folder)).toEqual([]);
  });
});

const allowed = (folder: string, from: string): boolean =>
  (mayImport[folder] ?? []).some((to) => from === to || from.startsWith(`${to}/`));

const withoutComments = (file: string): string =>
  readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, "");

function cyclesIn(folder: string): string[] {
  const graph = new Map(
    filesOf(folder).map((file) => [
      file,
      importsOf(file)
        .filter((from) => from.startsWith("."))
        .map((from) => normalize(join(dirname(file), from))),
    ]),
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      cycles.push([...path.slice(path.indexOf(file)), file].join(" → "));
      return;
    }
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return cycles;
}

test("every folder of src is in the table", () => {
  const there = new Set(
    globSync("src/*/**/*.ts").map((file) => file.split("/").slice(0, 2).join("/")),
  );
  expect([...there].filter((folder) => !(folder in mayImport))).toEqual([]);
});

test("only config.ts reads the environment, and only egress.ts opens a connection to a tool", () => {
  const code = globSync("{src,commands}/**/*.ts").filter(
    (file) => !file.startsWith("src/sandbox/"),
  );
  const reading = code.filter((file) => /\bprocess\.env\b/.test(withoutComments(file)));
  expect(reading).toEqual(["src/config.ts"]);
  const calling = code.filter(
    (file) =>
      /\bfetch\(/.test(withoutComments(file)) ||
      usedBy(file).some((from) => from === "undici" || /^node:(https?|net|tls|http2)$/.test(from)),
  );
  expect(calling.filter((file) => !mayConnect.test(file))).toEqual([]);
});

/** The door to the tools; our own web server; the socket on which our own processes talk. */
const mayConnect = /^src\/(connectors\/egress(\.ts|\/)|web\/server\.ts|cli\/control\/)/;

test("no file is longer than 300 lines, and none is named for nothing in particular", () => {
  const files = globSync("{src,commands,test}/**/*.ts", { exclude: ["**/node_modules"] });
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => readFileSync(file, "utf8").split("\n").length > 301)).toEqual([]);
  expect(
    files.filter((file) => /\/(utils?|helpers?|common|manager|service|misc)\b/.test(file)),
  ).toEqual([]);
  const registries = globSync("{src,commands}/**/index.ts");
  expect(registries.filter((file) => !/Every|registry/i.test(readFileSync(file, "utf8")))).toEqual(
    [],
  );
});

test("the top level holds what it should and nothing else", () => {
  for (const name of [
    "package.json",
    "tsconfig.json",
    "src",
    "commands",
    "manifests",
    "test",
    "README.md",
  ]) {
    expect(existsSync(name), name).toBe(true);
  }
});
