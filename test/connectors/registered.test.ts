import { expect, test } from "vitest";
import type { Manifest } from "#connectors/manifest/manifest.ts";
import { reachOf } from "#connectors/reach.ts";
import { judge } from "#connectors/registered.ts";
import { helpdesk } from "../support/manifest.ts";
import { fakeTool } from "./fake-tool.ts";
import { connectionTo, never, openWorld } from "./world.ts";

const registered = (text: string, version = 1, connector = "helpdesk") => ({
  connector,
  version,
  text,
});

test("every address in a manifest counts, however it is written and wherever it stands", () => {
  const manifest = {
    base_url: "https://API.Example.com/v1",
    about: "See https://docs.example.com for more",
    auth: {
      oauth: {
        authorize: "https://consent.example.com/authorize",
        token: "https:token.example.com/x",
        scopes: ["b", "a"],
      },
      key: { scopes: ["a", "c"] },
    },
    objects: {
      people: {
        record_page: "https://pages.example.com/{id}",
        list: {
          get: "/people",
          headers: [{ a: { "x-to": " HTTPS://user@deep.example.com:8443/" } }],
        },
        find: [
          "https:\\\\slashes.example.com/",
          "http://plain.example.com",
          "https://{dc}.example.com/",
        ],
        odd: "https://bücher.example/",
        broken: "https://[::1",
      },
    },
  };
  expect(reachOf(manifest as unknown as Manifest, ["*.customers.example"])).toEqual({
    hosts: [
      "*.customers.example",
      "api.example.com",
      "deep.example.com:8443",
      "https://[::1",
      "plain.example.com",
      "slashes.example.com",
      "token.example.com",
      "xn--bcher-kva.example",
      "{dc}.example.com",
    ],
    pages: ["consent.example.com", "pages.example.com"],
    scopes: ["a", "b", "c"],
  });
});

test("where each customer has an address of their own, its domain counts", () => {
  const text = helpdesk
    .replace(
      "base_url: https://api.helpdesk.example",
      "base_url: { setting: address, within: [helpdesk.example] }",
    )
    .replace("auth:", "settings:\n  address: { label: Address, about: Where your desk is }\nauth:");
  expect(judge(text)).toMatchObject({
    kind: "good",
    reach: { hosts: ["*.helpdesk.example", "login.helpdesk.example"] },
  });
});

test("what is registered stands beside what comes with us, and before it under the same name", async () => {
  await using world = await openWorld({ token: "t" });
  const { tools } = world;
  const names = () => tools.catalogue().map(({ name, title }) => `${name}: ${title}`);
  const before = names();
  const ours = helpdesk.replace("connector: helpdesk", "connector: hubspot");
  expect(tools.register([registered(helpdesk), registered(ours, 3, "hubspot")])).toEqual([]);
  expect(names()).toContain("helpdesk: Help desk");
  expect(names()).toContain("hubspot: Help desk");
  expect(tools.builtIn("hubspot")?.facts.title).toBe("HubSpot");
  expect(tools.builtIn("helpdesk")).toBeUndefined();
  tools.register([]);
  expect(names()).toEqual(before);
});

test("one that is not accepted any more is left out, ours is not used instead, and the others are there", async () => {
  await using world = await openWorld({ token: "t" });
  const { tools } = world;
  const broken = "connector: hubspot\nrun: rm -rf /\n";
  const [left, ...more] = tools.register([registered(broken, 4, "hubspot"), registered(helpdesk)]);
  expect(left).toMatchObject({ connector: "hubspot", version: 4, problem: expect.stringMatching(/^line \d/) as string }); // prettier-ignore
  expect(more).toEqual([]);
  expect(tools.facts("hubspot")).toBeUndefined();
  expect(tools.facts("helpdesk")?.title).toBe("Help desk");
});

test("a connection goes on by the version that is registered now", async () => {
  await using tool = await fakeTool(() => ({ json: { items: [{ id: "1", name: "Ada" }] } }));
  await using world = await openWorld({ token: "t" });
  const desk = connectionTo("helpdesk", tool.url);
  const readAll = async () => {
    const source = world.tools.source(desk, "people");
    for await (const page of source.pages(null, { gone: false, signal: never }))
      expect(page.records).toHaveLength(1);
  };
  world.tools.register([registered(helpdesk)]);
  await readAll();
  world.tools.register([registered(helpdesk.replace("get: /people", "get: /persons"), 2)]);
  await readAll();
  world.tools.register([registered(helpdesk)]);
  await readAll();
  expect(tool.requests.map(({ path }) => path)).toEqual(["/people", "/persons", "/people"]);
});

test("a manifest is judged without any effect", async () => {
  await using world = await openWorld({ token: "t" });
  const before = world.tools.catalogue();
  expect(world.tools.judge(helpdesk)).toMatchObject({ kind: "good", facts: { name: "helpdesk" } });
  expect(world.tools.judge("connector: [")).toMatchObject({
    kind: "wrong",
    problems: [{ line: 1 }],
  });
  expect(world.tools.catalogue()).toEqual(before);
});
