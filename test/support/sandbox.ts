import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startTieline, type Process } from "./bot.ts";

export type Tool = {
  base_url: string;
  credential: Record<string, string>;
  settings: Record<string, string>;
};
type Described = {
  slack: { api_url: string; bot_token: string; app_token: string; signing_secret: string };
  page: string;
  tools: { hubspot: Tool; quickbooks: Tool };
};

export type OutsideWorld = AsyncDisposable &
  Described & {
    process: Process;
    /** The environment of a bot that lives in this world; its folder is not among it. */
    env: Record<string, string>;
  };

/**
 * The outside world in a process of its own, so that a bot can be killed without it. Its tools' rate
 * limits are off: thousands of records go through in seconds.
 */
export async function outsideWorld(folder: string): Promise<OutsideWorld> {
  const process = startTieline(["sandbox"], { TIELINE_DIR: join(folder, "world") });
  const [line] = await process.printed(/^\{.*\}$/m);
  const world = JSON.parse(line) as Described;
  const { slack, tools } = world;
  for (const { base_url } of [tools.hubspot, tools.quickbooks])
    await post(new URL("/_config", base_url), { limits: false });
  await post(new URL("/_control", world.page), { tiers: false, messages_per_second: null });

  const workspace = join(folder, "workspace.yaml");
  await writeFile(workspace, workspaceFile(world));
  return {
    ...world,
    process,
    env: {
      SLACK_BOT_TOKEN: slack.bot_token,
      SLACK_APP_TOKEN: slack.app_token,
      SLACK_API_URL: slack.api_url,
      TIELINE_WORKSPACE: workspace,
      TIELINE_MANIFESTS: await unlimitedConnectors(join(folder, "connectors")),
      CRM_TOKEN: tools.hubspot.credential["token"] ?? "",
      BOOKS_TOKEN: tools.quickbooks.credential["token"] ?? "",
    },
    [Symbol.asyncDispose]: () => process[Symbol.asyncDispose](),
  };
}

/** Ours, without the limits that the real tools have. */
async function unlimitedConnectors(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const name of ["hubspot", "quickbooks"]) {
    const ours = await readFile(
      new URL(`../../manifests/connectors/${name}.yaml`, import.meta.url),
      "utf8",
    );
    await writeFile(join(folder, `${name}.yaml`), ours.replace(/calls: \d+/g, "calls: 1000000"));
  }
  return folder;
}

const workspaceFile = ({ tools }: Described): string => `connections:
  crm:
    connector: hubspot
    base_url: ${tools.hubspot.base_url}
    credential: { token: env:CRM_TOKEN }
  books:
    connector: quickbooks
    base_url: ${tools.quickbooks.base_url}
    settings: ${JSON.stringify(tools.quickbooks.settings)}
    credential: { token: env:BOOKS_TOKEN }
flows:
  customers-to-books:
    from: crm/contacts
    to: books/customers
    match: [email]
    trigger: manual
    channel: "#integrations"
    owner: U024BE7LH
    about: Every CRM contact is a customer in the books.
`;

export async function post(url: URL, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok)
    throw new Error(`${url.href} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

type Stats = Record<"records" | "creates" | "updates" | "duplicates" | "active" | "faults", number>;

/** What a simulated tool counts, by where it is. */
export async function statsAt(url: string): Promise<Stats> {
  return (await (await fetch(new URL("/_stats", url))).json()) as Stats;
}

export const statsOf = (tool: Tool): Promise<Stats> => statsAt(tool.base_url);
