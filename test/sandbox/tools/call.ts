import { tools } from "#sandbox/tools/index.ts";
import type { SimulatedTool, ToolOptions } from "#sandbox/tools/simulated-tool.ts";

// What comes back is judged by the tests, not typed by them.
export type Reply = { status: number; headers: Headers; body: unknown };
export type Caller = SimulatedTool & {
  get(path: string): Promise<Reply>;
  send(method: string, path: string, body?: unknown): Promise<Reply>;
  post(path: string, body: unknown): Promise<Reply>;
  /** Beside the tool's interface: /_config, /_seed, /_edit, pages. */
  control(path: string, body: unknown): Promise<Reply>;
};

export async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  const isJson = (response.headers.get("content-type") ?? "").startsWith("application/json");
  const body: unknown = isJson && text !== "" ? JSON.parse(text) : text;
  return { status: response.status, headers: response.headers, body };
}

function calling(tool: SimulatedTool, at: (path: string) => string): Caller {
  const headers = { authorization: `Bearer ${String(tool.credential["token"])}` };
  const send = async (method: string, path: string, body?: unknown) => {
    const sent =
      body === undefined
        ? { method, headers }
        : {
            method,
            headers: { ...headers, "content-type": "application/json" },
            body: JSON.stringify(body),
          };
    return replyOf(await fetch(at(path), sent));
  };
  const control = async (path: string, body: unknown) =>
    replyOf(await fetch(tool.base_url + path, { method: "POST", body: JSON.stringify(body) }));
  return {
    ...tool,
    send,
    control,
    get: (path) => send("GET", path),
    post: (path, body) => send("POST", path, body),
    [Symbol.asyncDispose]: () => tool[Symbol.asyncDispose](),
  };
}

/** A portal in memory, without limits unless asked, called at its contacts: `/search`, `/1001`. */
export async function hubspot(options: Partial<ToolOptions> = {}): Promise<Caller> {
  const tool = await tools.hubspot({ folder: null, limits: false, ...options });
  const base = `${tool.base_url}/crm/objects/2026-09/contacts`;
  return calling(tool, (path) =>
    path.startsWith("//") ? tool.base_url + path.slice(1) : base + path,
  );
}

/** A company in memory, without limits unless asked, called below its realm: `/customer`. */
export async function quickbooks(options: Partial<ToolOptions> = {}): Promise<Caller> {
  const tool = await tools.quickbooks({ folder: null, limits: false, ...options });
  const base = `${tool.base_url}/v3/company/${String(tool.settings["realm_id"])}`;
  return calling(tool, (path) => {
    const version = path.includes("?") ? "&minorversion=75" : "?minorversion=75";
    return base + path + version;
  });
}

export const select = (statement: string) => `/query?query=${encodeURIComponent(statement)}`;
