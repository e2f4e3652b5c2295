import { tools } from "#sandbox/tools/index.ts";
import type { SimulatedTool, ToolOptions } from "#sandbox/tools/simulated-tool.ts";

export type Reply = { status: number; headers: Headers; text: string; body: unknown };

export type Make = SimulatedTool & {
  /** Below `/api/v2/`, with the API key, or another one. */
  api(method: string, path: string, body?: unknown, token?: string): Promise<Reply>;
  hook(udid: string, body: unknown, headers?: Record<string, string>): Promise<Reply>;
  control(path: string, body: unknown): Promise<Reply>;
};

export const WAREHOUSE = 925_102;
export const TAKING = "1gqnexkk1vwxg2wpj39kg30pzp6uhe7h";
export const FAILING_KEPT = "d4ezzfwgyav7qaukv8dbh3l21eru0fld";
export const FAILING = "8c2m5v0q7x4b1n9z6k3j0h5g2f7d4s1a";
export const INACTIVE = "0p9o8i7u6y5t4r3e2w1q0a9s8d7f6g5h";

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  const isJson = (response.headers.get("content-type") ?? "").startsWith("application/json");
  const body: unknown = isJson && text !== "" ? JSON.parse(text) : text;
  return { status: response.status, headers: response.headers, text, body };
}

/** A team in memory, without limits unless asked, whose runs take no time. */
export async function make(options: Partial<ToolOptions> = {}): Promise<Make> {
  const tool = await tools.make({ folder: null, limits: false, ...options });
  const control = async (path: string, body: unknown) =>
    replyOf(await fetch(tool.base_url + path, { method: "POST", body: JSON.stringify(body) }));
  await control("/_config", { run_ms: 0 });
  return {
    ...tool,
    control,
    async api(method, path, body, token = String(tool.credential["token"])) {
      const headers = { authorization: `Token ${token}`, "content-type": "application/json" };
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      return replyOf(await fetch(`${tool.base_url}/api/v2/${path}`, { method, headers, ...sent }));
    },
    hook: async (udid, body, headers = {}) =>
      replyOf(
        await fetch(`${tool.base_url}/wh/${udid}`, {
          method: "POST",
          headers: { "content-type": "application/json", ...headers },
          body: JSON.stringify(body),
        }),
      ),
    [Symbol.asyncDispose]: () => tool[Symbol.asyncDispose](),
  };
}

/** Asks again until it fits, since runs end when they end. */
export async function until<Value>(ask: () => Promise<Value>, fits: (value: Value) => boolean) {
  for (let tried = 0; tried < 200; tried += 1) {
    const value = await ask();
    if (fits(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error("It did not come to that.");
}

export type Dlq = {
  id: string;
  reason: string;
  resolved: boolean;
  retry: boolean;
  attempts: number;
};

export const dlqs = async (tool: Make, scenario = WAREHOUSE, query = ""): Promise<Dlq[]> =>
  ((await tool.api("GET", `dlqs?scenarioId=${String(scenario)}${query}`)).body as { dlqs: Dlq[] })
    .dlqs;

type Log = { id: string; status: number; type: string; imtId: string; error?: { message: string } };

export const logs = async (tool: Make, scenario: number, query = "") =>
  (await tool.api("GET", `scenarios/${String(scenario)}/logs${query}`)).body as {
    scenarioLogs: Log[];
    pg: { last: string | null; limit: number };
  };
