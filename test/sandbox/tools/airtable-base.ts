import { tools } from "#sandbox/tools/index.ts";
import type { SimulatedTool, ToolOptions } from "#sandbox/tools/simulated-tool.ts";

export type Cells = Record<string, unknown>;
export type Shown = { id: string; createdTime: string; fields: Cells };
export type Page = { records: Shown[]; offset?: string };
export type Reply<Body> = { status: number; headers: Headers; body: Body };

export type AirtableBase = SimulatedTool & {
  id: string;
  /** Below the base: `/Customers?pageSize=3`; or with two slashes below `/v0`: `//meta/whoami`. */
  get<Body = Page>(path: string, token?: string): Promise<Reply<Body>>;
  send<Body = Page>(method: string, path: string, body?: unknown): Promise<Reply<Body>>;
  control<Body = unknown>(path: string, body: unknown): Promise<Reply<Body>>;
};

/** A base in memory, of few clean records and without limits unless asked. */
export async function airtable(options: Partial<ToolOptions> = {}): Promise<AirtableBase> {
  const tool = await tools.airtable({
    folder: null,
    limits: false,
    flaws: false,
    seed: 10,
    ...options,
  });
  const id = String(tool.settings["base_id"]);
  const at = (path: string) =>
    path.startsWith("//") ? `${tool.base_url}/v0${path.slice(1)}` : `${tool.base_url}/v0/${id}${path}`; // prettier-ignore
  const call = async <Body>(method: string, path: string, token: string, body?: unknown) => {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    return replyOf<Body>(await fetch(at(path), { method, headers, ...init }));
  };
  const pasted = String(tool.credential["token"]);
  return {
    ...tool,
    id,
    get: (path, token = pasted) => call("GET", path, token),
    send: (method, path, body) => call(method, path, pasted, body),
    control: async (path, body) =>
      replyOf(await fetch(tool.base_url + path, { method: "POST", body: JSON.stringify(body) })),
    [Symbol.asyncDispose]: () => tool[Symbol.asyncDispose](),
  };
}

async function replyOf<Body>(response: Response): Promise<Reply<Body>> {
  const text = await response.text();
  const body = (text === "" ? null : JSON.parse(text)) as Body;
  return { status: response.status, headers: response.headers, body };
}

/** What a refusal of the usual shape says. */
export const refusal = (type: string, message?: string) => ({
  status: 422,
  body: { error: { type, ...(message !== undefined && { message }) } },
});
