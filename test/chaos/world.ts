import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { start, type Asking } from "../bench/messages.ts";
import { startTieline } from "../support/bot.ts";
import { post } from "../support/sandbox.ts";
import { flows } from "./books.ts";
import { variables } from "./sightings.ts";

/** What is outside: the double with its books, and a Slack. */
export type Outside = AsyncDisposable & {
  double: Asking;
  env: Record<string, string>;
};

type Slack = { slack: { api_url: string; bot_token: string; app_token: string }; page: string };

export async function openOutside(folder: string, seed: number): Promise<Outside> {
  await using parts = new AsyncDisposableStack();
  const double = parts.use(start("../chaos/double.ts", [String(seed)]));
  const process = parts.use(
    startTieline(["sandbox", "--only", "slack"], { TIELINE_DIR: join(folder, "slack") }),
  );
  const [line] = await process.printed(/^\{.*\}$/m);
  const { slack, page } = JSON.parse(line) as Slack;
  await post(new URL("/_control", page), { tiers: false, messages_per_second: null });

  const workspace = join(folder, "workspace.yaml");
  await mkdir(folder, { recursive: true });
  const address = await double.ask<string>("address");
  await writeFile(workspace, workspaceFile(address));
  const manifests = join(folder, "connectors");
  await mkdir(manifests);
  for (const file of ["test/chaos/connectors/chaos-book.yaml", "manifests/connectors/webhook.yaml"])
    await copyFile(new URL(`../../${file}`, import.meta.url), join(manifests, basename(file)));
  const moved = parts.move();
  return {
    double,
    env: {
      SLACK_BOT_TOKEN: slack.bot_token,
      SLACK_APP_TOKEN: slack.app_token,
      SLACK_API_URL: slack.api_url,
      TIELINE_WORKSPACE: workspace,
      TIELINE_MANIFESTS: manifests,
      TIELINE_KEY: Buffer.alloc(32, 7).toString("base64"),
      NODE_COMPILE_CACHE: join(folder, "compiled"),
      [variables.places]: join(folder, "places.json"),
      BOOK_TOKEN: "any",
      TOLD_URL: `${address}/told`,
      TOLD_SECRET: `whsec_${Buffer.alloc(32, 5).toString("base64")}`,
    },
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  };
}

const workspaceFile = (address: string): string => `connections:
${flows
  .flatMap(({ from, to }) => [from, to])
  .map(
    (book) => `  ${book}:
    connector: chaos-book
    base_url: ${address}
    settings: { book: ${book} }
    credential: { token: env:BOOK_TOKEN }
`,
  )
  .join("")}  told:
    connector: webhook
    credential: { url: env:TOLD_URL, secret: env:TOLD_SECRET }
    events: [customer.created, record.dead_lettered]
flows:
${flows
  .map(
    ({ name, from, to, twoWay }) => `  ${name}:
    from: ${from}/contacts
    to: ${to}/contacts
    match: [email]
    two_way: ${String(twoWay)}
${twoWay ? "    truth: newest\n" : ""}    trigger: manual
    guard: off
    channel: "#integrations"
`,
  )
  .join("")}`;
