import { tools } from "#sandbox/tools/index.ts";
import type { SimulatedTool, ToolOptions } from "#sandbox/tools/simulated-tool.ts";

export type Reply = { status: number; headers: Headers; text: string; body: unknown };

export type FreshBooks = SimulatedTool & {
  /** Below the account: `users/clients`. */
  get(path: string): Promise<Reply>;
  post(path: string, body: unknown): Promise<Reply>;
  put(path: string, body: unknown): Promise<Reply>;
  /** Anywhere, with any token; a body is sent as JSON. */
  call(method: string, path: string, body?: unknown, token?: string): Promise<Reply>;
  control(path: string, body: unknown): Promise<Reply>;
};

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  const isJson = (response.headers.get("content-type") ?? "").startsWith("application/json");
  const body: unknown = isJson && text !== "" ? JSON.parse(text) : text;
  return { status: response.status, headers: response.headers, text, body };
}

/** A business in memory, without limits unless asked. */
export async function freshbooks(options: Partial<ToolOptions> = {}): Promise<FreshBooks> {
  const tool = await tools.freshbooks({ folder: null, limits: false, ...options });
  const call: FreshBooks["call"] = async (
    method,
    path,
    body,
    token = String(tool.credential["token"]),
  ) => {
    const authorization = `Bearer ${token}`;
    const sent =
      body === undefined
        ? { method, headers: { authorization } }
        : {
            method,
            headers: { authorization, "content-type": "application/json" },
            body: typeof body === "string" ? body : JSON.stringify(body),
          };
    return replyOf(await fetch(tool.base_url + path, sent));
  };
  const base = `/accounting/account/${String(tool.settings["account_id"])}/`;
  return {
    ...tool,
    get oauth() {
      return tool.oauth;
    },
    call,
    get: (path) => call("GET", base + path),
    post: (path, body) => call("POST", base + path, body),
    put: (path, body) => call("PUT", base + path, body),
    control: async (path, body) =>
      replyOf(await fetch(tool.base_url + path, { method: "POST", body: JSON.stringify(body) })),
    [Symbol.asyncDispose]: () => tool[Symbol.asyncDispose](),
  };
}

type Result = Record<string, unknown>;

/** What stands inside `response.result`. */
export const resultOf = <Value = Result>(reply: Reply): Value =>
  (reply.body as { response: { result: Value } }).response.result;

export const client = (reply: Reply): Result => resultOf<{ client: Result }>(reply).client;
export const invoice = (reply: Reply): Result => resultOf<{ invoice: Result }>(reply).invoice;

/** The first error that accounting names, in its older dialect. */
export function firstError(reply: Reply): [status: number, errno: number, field: string | null] {
  const { errors } = (reply.body as { response: { errors: { errno: number; field: string }[] } })
    .response;
  return [reply.status, errors[0]?.errno ?? 0, errors[0]?.field ?? null];
}
