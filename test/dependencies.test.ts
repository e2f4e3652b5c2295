import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

type Locked = {
  version?: string;
  integrity?: string;
  resolved?: string;
  link?: boolean;
  dev?: boolean;
  hasInstallScript?: boolean;
};
type Manifest = Record<
  "dependencies" | "optionalDependencies" | "devDependencies" | "scripts",
  Record<string, string>
>;

const read = <T>(file: string): T =>
  JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), "utf8")) as T;
const manifest = read<Manifest>("package.json");
const lock = read<{ packages: Record<string, Locked> }>("package-lock.json");
const locked = Object.entries(lock.packages).filter(([path]) => path !== "");
const shipped = locked.filter(([, { dev }]) => dev !== true);

test("nothing that is shipped runs a script when it is installed", () => {
  const scripted = shipped.filter(([, { hasInstallScript }]) => hasInstallScript === true);
  expect(scripted.map(([path]) => path)).toEqual([]);
});

test("nor does what lies in node_modules, whatever the lockfile says", () => {
  const installing = ["preinstall", "install", "postinstall"];
  const scripted = shipped
    .filter(([path]) => existsSync(new URL(`../${path}/package.json`, import.meta.url)))
    .filter(([path]) => {
      const { scripts = {} } = read<Partial<Manifest>>(`${path}/package.json`);
      const built = existsSync(new URL(`../${path}/binding.gyp`, import.meta.url));
      return built || installing.some((name) => Object.hasOwn(scripts, name));
    });
  expect(scripted.map(([path]) => path)).toEqual([]);
});

test("installing Tieline itself runs nothing", () => {
  const names = ["preinstall", "install", "postinstall", "prepare", "prepublish"];
  expect(names.filter((name) => Object.hasOwn(manifest.scripts, name))).toEqual([]);
});

test("every dependency is named by one exact version of a registry", () => {
  const all = { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.devDependencies }; // prettier-ignore
  const loose = Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
  expect(loose).toEqual([]);
  for (const [name, version] of Object.entries(all))
    expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version);
});

test("the lockfile holds each package by its hash and says nothing of where it came from", () => {
  const odd = locked.filter(
    ([, { integrity, resolved, link }]) =>
      !/^sha512-/.test(integrity ?? "") || resolved !== undefined || link === true,
  );
  expect(odd.map(([path]) => path)).toEqual([]);
  const versions = locked.map(([, { version = "" }]) => version);
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

/** A further one is a decision: who keeps it up, what it may do, what would be written instead. */
test("Tieline itself uses 22 packages, and Node", () => {
  expect(Object.keys(manifest.dependencies)).toHaveLength(22);
  const node = Object.keys(manifest.optionalDependencies);
  expect(node.filter((name) => !/^node-(bin-)?(linux|darwin|win)-/.test(name))).toEqual([]);
});
