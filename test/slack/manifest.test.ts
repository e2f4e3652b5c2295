import { existsSync, globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { usageHint } from "#slack/command/command.ts";
import { loadCommands } from "#slack/command/load.ts";
import { readSlackApp } from "../../src/slack-app.ts";
import { commandsFolder } from "./support/room.ts";

const root = new URL("../../", import.meta.url);
const specs = new URL("../shared/specs/", root);
const spec = (name: string): unknown => {
  const file = new URL(name, specs);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
};

const file = new URL("manifests/slack.yaml", root);
const yaml: unknown = parse(readFileSync(file, "utf8"));
const app = await readSlackApp(fileURLToPath(file));
const sources = globSync("src/slack/**/*.ts", { cwd: root })
  .map((file) => readFileSync(new URL(file, root), "utf8"))
  .join("\n");

test("the manifest has every command and no other, with the hints the commands give", async () => {
  const commands = await loadCommands(commandsFolder);
  const own = commands.map((command) => ({
    command: command.name,
    description: command.about,
    usage_hint: usageHint(command),
    should_escape: true,
  }));
  expect(app.commands).toEqual(own);
  for (const { usage_hint } of own) expect(usage_hint.length).toBeLessThanOrEqual(1000);
});

test("it asks for the events that are listened for, and no others", () => {
  const heard = [...sources.matchAll(/app\.event\("(\w+)"/g)].map(([, name]) => name);
  expect(app.events.toSorted()).toEqual(heard.toSorted());
});

test("its scopes are exactly what the methods, events and commands in use need", (context) => {
  const Scope = z.object({ name: z.string() });
  const Method = z.object({ scopes: z.object({ bot: z.array(Scope).default([]) }) });
  const Methods = z.object({ methods: z.record(z.string(), Method) });
  const found = spec("slack-methods.json");
  if (found === undefined) return context.skip("no vendor specifications here");
  const { methods } = Methods.parse(found);
  const called = [
    ...[...sources.matchAll(/\bclient\.([a-z]+(?:\.[a-zA-Z]+)+)\(/g)].map(([, name]) => name ?? ""),
    // What filesUploadV2 calls.
    ...["files.getUploadURLExternal", "files.completeUploadExternal"],
  ];
  expect(called).toContain("chat.postMessage");

  const needed = called.flatMap(
    (name) => methods[name]?.scopes.bot.map((scope) => scope.name).slice(0, 1) ?? [],
  );
  const forEvents = ["app_mentions:read", "commands"];
  expect(app.scopes.toSorted()).toEqual([...new Set([...needed, ...forEvents])].toSorted());
});

test("it passes Slack's own schema", (context) => {
  const schema = spec("slack-manifest.schema.2.0.0.json");
  if (schema === undefined) return context.skip("no vendor specifications here");
  const { $schema: _dialect, ...rest } = z.record(z.string(), z.unknown()).parse(schema);
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(rest);
  expect(validate(yaml), JSON.stringify(validate.errors)).toBe(true);
});
