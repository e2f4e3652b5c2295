import { resolve } from "node:path";
import ipaddr from "ipaddr.js";
import { z } from "zod";
import { Mistake } from "#domain/errors.ts";

const port = "a whole number from 0 to 65535";
const httpUrl = (what: string) =>
  z.url({ protocol: /^https?$/, error: `${what}, such as https://tieline.example.com` });
const absent = z.string().optional();

/** Every environment variable we read, and what is allowed. Nothing else reads the environment. */
const Environment = z.object({
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: "a Postgres address, such as postgres://user@host/name",
    })
    .optional(),
  TIELINE_DIR: z.string().default(".tieline"),
  TIELINE_KEY: z
    .string()
    .refine((key) => Buffer.from(key, "base64").length === 32, "32 bytes in base64")
    .optional(),
  TIELINE_KEY_FILE: absent,
  TIELINE_MANIFESTS: absent,
  TIELINE_WORKSPACE: absent,
  TIELINE_ADMINS: z
    .string()
    .default("")
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .refine(
      (ids) => ids.every((id) => /^[UW][A-Z0-9]+$/.test(id)),
      "Slack user ids, such as U024BE7LH",
    ),
  TIELINE_ALLOW: z
    .string()
    .default("")
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .refine(
      (list) => list.every((entry) => entry === "loopback" || ipaddr.isValidCIDR(entry)),
      "loopback, or address ranges such as 10.1.0.0/16, separated by commas",
    ),
  HOST: z.string().min(1, "an address to listen on, such as 127.0.0.1").default("127.0.0.1"),
  PORT: z.coerce.number(port).int(port).min(0, port).max(65535, port).default(3000),
  PUBLIC_URL: httpUrl("the address under which browsers reach HOST and PORT").optional(),
  SLACK_BOT_TOKEN: z
    .string()
    .startsWith("xoxb-", "a bot token, which begins with xoxb-")
    .optional(),
  SLACK_APP_TOKEN: z
    .string()
    .startsWith("xapp-", "an app token, which begins with xapp-")
    .optional(),
  SLACK_SIGNING_SECRET: z.string().min(8, "the app's signing secret").optional(),
  SLACK_API_URL: httpUrl("where Slack's Web API is").optional(),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], "one of debug, info, warn, error, silent")
    .default("warn"),
});

export type SlackConfig =
  | { kind: "sandbox" }
  | { kind: "socket"; botToken: string; appToken: string; apiUrl: string | null }
  | { kind: "http"; botToken: string; signingSecret: string; apiUrl: string | null };

export type Config = {
  databaseUrl: string | null;
  /** Absolute path of the folder for everything that is ours on this machine. */
  dir: string;
  key: string | null;
  keyFile: string | null;
  manifests: string | null;
  workspace: string | null;
  admins: readonly string[];
  /** Private addresses that connections may lead to. */
  allow: { loopback: boolean; cidrs: readonly string[] };
  host: string;
  port: number;
  publicUrl: string;
  slack: SlackConfig;
  logLevel: string;
  /**
   * A variable named by an `env:NAME` reference, as it is now. None of ours: whoever may add a
   * connection could have the master key or Slack's tokens sent to an address of their choice.
   */
  variable(name: string): string | undefined;
};

/** @throws Mistake naming each wrong variable and what is allowed */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  // An empty variable is how a shell or a compose file says "not set".
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(
      ({ path, message }) => `${path.join(".")} must be ${message}`,
    );
    throw new Mistake(`${wrong.join("; ")}.`, { usage: true });
  }
  const env = parsed.data;
  const slack = slackConfig(env);
  return {
    databaseUrl: env.DATABASE_URL ?? null,
    dir: resolve(env.TIELINE_DIR),
    key: env.TIELINE_KEY ?? null,
    keyFile: env.TIELINE_KEY_FILE ?? null,
    manifests: env.TIELINE_MANIFESTS ?? null,
    workspace: env.TIELINE_WORKSPACE ?? null,
    admins: env.TIELINE_ADMINS,
    allow: {
      loopback: env.TIELINE_ALLOW.includes("loopback") || isSimulated(slack),
      cidrs: env.TIELINE_ALLOW.filter((entry) => entry !== "loopback"),
    },
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`,
    slack,
    logLevel: env.LOG_LEVEL,
    variable: (name) => (Object.hasOwn(Environment.shape, name) ? undefined : environment[name]),
  };
}

/** Beside the sandbox's Slack stand the sandbox's tools, which are on loopback too. */
function isSimulated(slack: SlackConfig): boolean {
  if (slack.kind === "sandbox") return true;
  return (
    slack.apiUrl !== null &&
    /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(slack.apiUrl).hostname)
  );
}

function slackConfig(env: z.output<typeof Environment>): SlackConfig {
  const apiUrl = env.SLACK_API_URL ?? null;
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken } = env;
  const signingSecret = env.SLACK_SIGNING_SECRET;
  if (botToken === undefined) {
    if (appToken === undefined && signingSecret === undefined) return { kind: "sandbox" };
    throw new Mistake(
      "SLACK_BOT_TOKEN must be set too: with it, SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) serves a real workspace.",
      { usage: true },
    );
  }
  if (appToken !== undefined) return { kind: "socket", botToken, appToken, apiUrl };
  if (signingSecret !== undefined) return { kind: "http", botToken, signingSecret, apiUrl };
  throw new Mistake(
    "SLACK_BOT_TOKEN needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) beside it.",
    { usage: true },
  );
}
