import { expect, test } from "vitest";
import { readConfig } from "../src/config.ts";

test("with nothing set it is the sandbox, on loopback, in a folder of its own", () => {
  const config = readConfig({});
  expect(config.slack).toEqual({ kind: "sandbox" });
  expect(config.publicUrl).toBe("http://127.0.0.1:3000");
  expect(config.dir).toMatch(/\.tieline$/);
  expect(config.databaseUrl).toBeNull();
});

test("an empty variable is one that is not set", () => {
  expect(readConfig({ PORT: "", DATABASE_URL: "", SLACK_BOT_TOKEN: "" })).toMatchObject({
    port: 3000,
    databaseUrl: null,
    slack: { kind: "sandbox" },
  });
});

test("Slack is reached by Socket Mode with an app token, by HTTP with a signing secret", () => {
  const bot = { SLACK_BOT_TOKEN: "xoxb-1" };
  expect(readConfig({ ...bot, SLACK_APP_TOKEN: "xapp-1" }).slack.kind).toBe("socket");
  expect(readConfig({ ...bot, SLACK_SIGNING_SECRET: "12345678" }).slack.kind).toBe("http");
});

test("tools on loopback are reached from a sandbox, or where the operator says so", () => {
  const real = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1" };
  expect(readConfig({}).allow.loopback).toBe(true);
  expect(readConfig({ ...real, SLACK_API_URL: "http://127.0.0.1:4100/api/" }).allow.loopback).toBe(
    true,
  );
  expect(readConfig(real).allow.loopback).toBe(false);
  expect(
    readConfig({ ...real, SLACK_API_URL: "https://slack.example.com/api/" }).allow.loopback,
  ).toBe(false);
  expect(readConfig({ ...real, TIELINE_ALLOW: "loopback,10.1.0.0/16" }).allow).toEqual({
    loopback: true,
    cidrs: ["10.1.0.0/16"],
  });
});

test.each([
  [{ PORT: "abc" }, "PORT must be a whole number from 0 to 65535."],
  [{ PORT: "70000" }, "PORT must be a whole number from 0 to 65535."],
  [
    { DATABASE_URL: "mysql://x" },
    "DATABASE_URL must be a Postgres address, such as postgres://user@host/name.",
  ],
  [{ TIELINE_KEY: "short" }, "TIELINE_KEY must be 32 bytes in base64."],
  [
    { TIELINE_ADMINS: "U024BE7LH bob" },
    "TIELINE_ADMINS must be Slack user ids, such as U024BE7LH.",
  ],
  [
    { TIELINE_ALLOW: "everything" },
    "TIELINE_ALLOW must be loopback, or address ranges such as 10.1.0.0/16, separated by commas.",
  ],
  [
    { TIELINE_ALLOW: "10.1.0.0/99" },
    "TIELINE_ALLOW must be loopback, or address ranges such as 10.1.0.0/16, separated by commas.",
  ],
  [
    { PUBLIC_URL: "tieline.example.com" },
    "PUBLIC_URL must be the address under which browsers reach HOST and PORT, such as https://tieline.example.com.",
  ],
  [{ SLACK_BOT_TOKEN: "secret" }, "SLACK_BOT_TOKEN must be a bot token, which begins with xoxb-."],
  [
    { SLACK_BOT_TOKEN: "xoxb-1" },
    "SLACK_BOT_TOKEN needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) beside it.",
  ],
  [
    { SLACK_APP_TOKEN: "xapp-1" },
    "SLACK_BOT_TOKEN must be set too: with it, SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) serves a real workspace.",
  ],
  [{ LOG_LEVEL: "loud" }, "LOG_LEVEL must be one of debug, info, warn, error, silent."],
])("%j is told as it is", (environment, sentence) => {
  expect(() => readConfig(environment)).toThrow(sentence);
});

test("the value of a wrong variable is never repeated: it may be a secret", () => {
  expect(() => readConfig({ SLACK_BOT_TOKEN: "s3cr3t-value" })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining("s3cr3t") as string }) as Error,
  );
});

test("a credential cannot point at the variables of Tieline itself", () => {
  const { variable } = readConfig({
    CRM_TOKEN: "pat-1",
    TIELINE_KEY: Buffer.alloc(32, 1).toString("base64"),
    SLACK_BOT_TOKEN: "xoxb-1",
    SLACK_SIGNING_SECRET: "12345678",
    DATABASE_URL: "postgres://tieline:pw@127.0.0.1/tieline",
  });
  expect(variable("CRM_TOKEN")).toBe("pat-1");
  for (const ours of ["TIELINE_KEY", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "DATABASE_URL"])
    expect(variable(ours)).toBeUndefined();
});
